package dunlin.host.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Misuse;
import dunlin.firmware.ImageHeader;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import dunlin.kernels.Dsp;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class CablesTest {
  private static final LlamaConfig SHAPE = new LlamaConfig(8, 11, 2, 2, 1, 4, 9, 12, 1e-5, 10_000);
  private static final QuantisedModel MODEL = SmallModels.quantise(RandomModel.of(SHAPE, true, 1));

  @Test
  void shouldCrossTransmitAndReceive() {
    List<Cable> cables = Cables.of(plan("stm32f405", LinkKind.UART, LinkKind.UART));
    assertEquals(3, cables.size());
    assertEquals(
        List.of("TX → PB7 USART1 RX", "RX ← PB6 USART1 TX", "GND – GND"), text(cables.get(0)));
    assertEquals(
        List.of("PA2 USART2 TX → PA3 USART2 RX", "PA3 USART2 RX ← PA2 USART2 TX", "GND – GND"),
        text(cables.get(1)));
    assertEquals(
        List.of("PB10 USART3 TX → PA3 USART2 RX", "PB11 USART3 RX ← PA2 USART2 TX", "GND – GND"),
        text(cables.get(2)));
    assertEquals(3_000_000, cables.get(1).rate());
  }

  @Test
  void shouldWireSpiStraightWithItsTwoLines() {
    List<Cable> cables = Cables.of(plan("nucleo-l476rg", LinkKind.SPI, LinkKind.UART));
    assertEquals(
        List.of(
            "PB13 SPI2 SCK → PA5 SPI1 SCK",
            "PB15 SPI2 MOSI → PA7 SPI1 MOSI",
            "PB14 SPI2 MISO ← PA6 SPI1 MISO",
            "PB12 SPI2 select → PB6 SPI1 select",
            "PA12 SPI2 ready ← PC7 SPI1 ready",
            "GND – GND"),
        text(cables.get(2)));
  }

  /** Every pin once, and no ground twice between the same boards. */
  @Test
  void shouldUseEachPinOnce() {
    for (LinkKind link : LinkKind.values()) {
      List<Pin> pins =
          Cables.of(plan("nucleo-h743zi2", link, LinkKind.UART)).stream()
              .flatMap(cable -> cable.wires().stream())
              .flatMap(wire -> java.util.stream.Stream.of(wire.above(), wire.below()))
              .filter(pin -> !pin.name().isEmpty())
              .toList();
      assertEquals(pins.size(), pins.stream().distinct().count(), pins::toString);
    }
  }

  @Test
  void shouldWireARaspberryPiToTheFirstSpiPortOfTheRoot() {
    Plan plan = plan("stm32f405", LinkKind.UART, LinkKind.SPI);
    assertEquals("GPIO11 SCLK → PA5 SPI1 SCK", text(Cables.of(plan).get(0)).get(0));
    byte[] root = Compiler.compile(plan).get(0).bytes();
    int port = Dsp.loadU16(root, ImageHeader.PARENT);
    assertEquals(5, port, "behind five UARTs");
    assertEquals(1, ImageHeader.wired(root) >> port & 1, "which the firmware opens");
    assertTrue(plan.hash() != plan("stm32f405", LinkKind.UART, LinkKind.UART).hash());
  }

  @Test
  void shouldRefuseAHostOnSpiBesideSpiLinks() {
    Misuse misuse = assertThrows(Misuse.class, () -> plan("stm32f405", LinkKind.SPI, LinkKind.SPI));
    assertEquals(
        "a host on SPI beside SPI links: choose UART links, or a host on UART",
        misuse.getMessage());
  }

  @Test
  void shouldRefuseABoardWithoutPins() {
    Plan plan = plan("emulated", LinkKind.UART, LinkKind.UART);
    Misuse misuse = assertThrows(Misuse.class, () -> Cables.of(plan));
    assertTrue(misuse.getMessage().startsWith("emulated has no pins to wire: choose --board "));
  }

  /** It is well-formed, and shows every pin. */
  @Test
  void shouldDrawEveryWire() throws Exception {
    Plan plan = plan("stm32f405", LinkKind.UART, LinkKind.UART);
    List<Cable> cables = Cables.of(plan);
    String svg = WiringPicture.of(plan, cables);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertEquals(9, svg.split("<path ", -1).length - 1);
    for (Cable cable : cables) {
      for (Wire wire : cable.wires()) {
        assertTrue(svg.contains(">" + wire.below() + "<"), svg);
      }
    }
  }

  private static List<String> text(Cable cable) {
    return cable.wires().stream()
        .map(wire -> wire.above() + " " + wire.flow().arrow() + " " + wire.below())
        .toList();
  }

  private static Plan plan(String board, LinkKind link, LinkKind host) {
    PlanOptions options = PlanOptions.DEFAULT.nodes(3, Topology.TREE).with(link).hostedBy(host);
    return Planner.plan(MODEL, BoardTypes.named(board), options);
  }
}

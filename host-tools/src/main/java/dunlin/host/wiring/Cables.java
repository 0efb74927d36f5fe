package dunlin.host.wiring;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Chip;
import dunlin.boards.Misuse;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Wiring;
import dunlin.host.wiring.Wire.Flow;
import java.util.ArrayList;
import java.util.List;

/**
 * The cables of a plan, from the pins that the boards' types name: TX goes to RX, an SPI parent is
 * the master, and every link brings the ground along, so that there is one for all and no loop.
 */
public final class Cables {
  private final Plan plan;
  private final Wiring wiring;

  private Cables(Plan plan) {
    this.plan = plan;
    wiring = plan.wiring();
  }

  /**
   * The host's cable first, then that of each rank to its parent.
   *
   * @throws Misuse if a board has no pins
   */
  public static List<Cable> of(Plan plan) {
    Cables cables = new Cables(plan);
    List<Cable> all = new ArrayList<>(List.of(cables.host()));
    for (int rank = 1; rank < plan.members().size(); rank++) {
      all.add(cables.link(rank));
    }
    return all;
  }

  private BoardType board(int rank) {
    return plan.members().get(rank).board();
  }

  private Chip chip(int rank) {
    Chip chip = board(rank).chip();
    if (chip == null) {
      throw new Misuse(
          board(rank).name() + " has no pins to wire",
          "choose --board " + String.join(" or ", BoardTypes.withFirmware()));
    }
    return chip;
  }

  private Cable host() {
    return plan.host() == LinkKind.SPI ? raspberryPi() : adapter();
  }

  /** SPI0 of a Raspberry Pi's header; the local rig file has the other lines. */
  private Cable raspberryPi() {
    Chip.Spi slave = chip(0).spis().get(0);
    List<Wire> wires =
        List.of(
            new Wire(new Pin(Pin.HOST, "SCLK", "GPIO11"), pin(0, slave, "SCK"), Flow.DOWN),
            new Wire(new Pin(Pin.HOST, "MOSI", "GPIO10"), pin(0, slave, "MOSI"), Flow.DOWN),
            new Wire(new Pin(Pin.HOST, "MISO", "GPIO9"), pin(0, slave, "MISO"), Flow.UP),
            new Wire(new Pin(Pin.HOST, "select", ""), pin(0, slave, "select"), Flow.DOWN),
            new Wire(new Pin(Pin.HOST, "ready", ""), pin(0, slave, "ready"), Flow.UP),
            ground(Pin.HOST, 0));
    return new Cable(Pin.HOST, 0, LinkKind.SPI, board(0).spi().hertz(), wires);
  }

  private Cable adapter() {
    Chip.Port console = chip(0).ports().get(0);
    List<Wire> wires =
        List.of(
            new Wire(new Pin(Pin.HOST, "TX", ""), receive(0, console), Flow.DOWN),
            new Wire(new Pin(Pin.HOST, "RX", ""), transmit(0, console), Flow.UP),
            ground(Pin.HOST, 0));
    return new Cable(Pin.HOST, 0, LinkKind.UART, board(0).uart().baud(), wires);
  }

  private Cable link(int rank) {
    int parent = wiring.parent(rank);
    int parentPort = wiring.childPort(parent, rank);
    int port = wiring.parentPort(rank);
    return plan.link() == LinkKind.UART
        ? uart(parent, parentPort, rank, port)
        : spi(parent, parentPort, rank, port);
  }

  private Cable uart(int above, int abovePort, int below, int belowPort) {
    Chip.Port one = chip(above).ports().get(abovePort);
    Chip.Port other = chip(below).ports().get(belowPort);
    List<Wire> wires =
        List.of(
            new Wire(transmit(above, one), receive(below, other), Flow.DOWN),
            new Wire(receive(above, one), transmit(below, other), Flow.UP),
            ground(above, below));
    return new Cable(above, below, LinkKind.UART, board(below).uart().baud(), wires);
  }

  private Cable spi(int above, int abovePort, int below, int belowPort) {
    Chip.Spi master = chip(above).spis().get(abovePort - board(above).uart().count());
    Chip.Spi slave = chip(below).spis().get(belowPort - board(below).uart().count());
    List<Wire> wires =
        List.of(
            wire(above, master, below, slave, "SCK", Flow.DOWN),
            wire(above, master, below, slave, "MOSI", Flow.DOWN),
            wire(above, master, below, slave, "MISO", Flow.UP),
            wire(above, master, below, slave, "select", Flow.DOWN),
            wire(above, master, below, slave, "ready", Flow.UP),
            ground(above, below));
    int hertz = Math.min(board(above).spi().hertz(), board(below).spi().hertz());
    return new Cable(above, below, LinkKind.SPI, hertz, wires);
  }

  private static Wire wire(
      int above, Chip.Spi master, int below, Chip.Spi slave, String signal, Flow flow) {
    return new Wire(pin(above, master, signal), pin(below, slave, signal), flow);
  }

  private static Pin pin(int rank, Chip.Spi spi, String signal) {
    String name =
        switch (signal) {
          case "SCK" -> spi.pins().clock();
          case "MOSI" -> spi.pins().mosi();
          case "MISO" -> spi.pins().miso();
          case "select" -> spi.select().pin();
          default -> spi.ready().pin();
        };
    return new Pin(rank, spi.name() + " " + signal, name);
  }

  private static Pin transmit(int rank, Chip.Port port) {
    return new Pin(rank, port.name() + " TX", port.pins() == null ? "" : port.pins().transmit());
  }

  private static Pin receive(int rank, Chip.Port port) {
    return new Pin(rank, port.name() + " RX", port.pins() == null ? "" : port.pins().receive());
  }

  private static Wire ground(int above, int below) {
    return new Wire(Pin.ground(above), Pin.ground(below), Flow.NONE);
  }
}

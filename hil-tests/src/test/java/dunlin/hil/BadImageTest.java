package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.Crc32;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Memory;
import dunlin.firmware.Op;
import dunlin.firmware.Request;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import dunlin.host.run.Coordinator;
import dunlin.host.run.QemuFlock;
import dunlin.host.run.Sampling;
import dunlin.kernels.Dsp;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What firmware on QEMU says of an image that it cannot run, and that it can be asked again. */
@ExtendWith(QemuRig.class)
@Tag("slow")
class BadImageTest {
  private static final int LONG = 4096;
  private static final int[] PROMPT = {1, 2, 3};
  private static final QuantisedModel MODEL = model();
  private static final BoardType F405 = BoardTypes.named("stm32f405");

  @Test
  void shouldNameAnImageForAnotherBoard() {
    Plan other = plan(BoardTypes.named("nucleo-l476rg"), 1, 24);
    assertRefused(
        "the node is no nucleo-l476rg, for which its image is: build for its board",
        QemuRig.boot(plan(F405, 1, 24), Compiler.compile(other)));
  }

  @Test
  void shouldNameRamThatIsTooSmall() {
    BoardType larger =
        new BoardType(
            F405.name(),
            F405.description(),
            F405.weights(),
            F405.imageBytes(),
            List.of(new BoardType.Region("SRAM", 1 << 20)),
            F405.uart(),
            F405.spi(),
            F405.flash());
    Plan large = plan(larger, 1, LONG);
    assertRefused(
        "the node has too little RAM in region 0 for its image: build for this board, or with a"
            + " smaller --context",
        QemuRig.boot(plan(F405, 1, 24), Compiler.compile(large)));
  }

  @Test
  void shouldNameAnImageOfAnotherRankAtTheRoot() {
    Plan plan = plan(F405, 2, 24);
    List<NodeImage> images = Compiler.compile(plan);
    assertRefused(
        "the host is wired to rank 1, not to the root: wire it to rank 0, or exchange the images",
        QemuRig.boot(plan, List.of(images.get(1), images.get(0))));
  }

  @Test
  void shouldNameARankThatIsThereTwice() {
    Plan plan = plan(F405, 3, 24);
    List<NodeImage> images = Compiler.compile(plan);
    assertRefused(
        "2 boards have the image of rank 1: flash each board with the image of its rank",
        QemuRig.boot(plan, List.of(images.get(0), images.get(1), images.get(1))));
  }

  @Test
  void shouldNameAnImageOfAnotherPlan() {
    Plan plan = plan(F405, 2, 24);
    Plan other = plan(F405, 2, 25);
    assertRefused(
        "rank 1 has an image of plan %016x, the root of plan %016x: flash all boards from one plan"
            .formatted(other.hash(), plan.hash()),
        QemuRig.boot(plan, List.of(Compiler.compile(plan).get(0), Compiler.compile(other).get(1))));
  }

  @Test
  void shouldNameADamagedImage() {
    Plan plan = plan(F405, 1, 24);
    NodeImage good = Compiler.compile(plan).get(0);
    byte[] bytes = good.bytes().clone();
    bytes[bytes.length / 2] ^= 1;
    assertRefused(
        "the node holds a damaged image: flash it again",
        QemuRig.boot(plan, List.of(good.with(bytes))));
  }

  /** The image is whole, and its first op writes where no memory is. */
  @Test
  void shouldNameWhereAProcessorFaultWas() {
    Plan plan = plan(F405, 1, 24);
    QemuFlock flock = QemuRig.boot(plan, List.of(writingNowhere(Compiler.compile(plan).get(0))));
    Coordinator coordinator = new Coordinator(flock);
    for (int time = 0; time < 2; time++) {
      coordinator.hello();
      Refusal refusal =
          assertThrows(
              Refusal.class, () -> coordinator.pass(PROMPT, 0, Request.SAMPLE, Sampling.GREEDY));
      String message = refusal.getMessage();
      assertTrue(
          message.matches(
              "the root was reset \\(node 0: stopped by a processor fault: no memory there"
                  + " \\(0x\\p{XDigit}+\\) at Embedding\\.row \\(DspInstructions\\.java:\\d+\\).*"),
          message);
    }
  }

  private static NodeImage writingNowhere(NodeImage good) {
    byte[] bytes = good.bytes().clone();
    int first = Dsp.load32(bytes, ImageHeader.PROGRAM);
    assertEquals(Op.Embed.CODE, Dsp.load32(bytes, first) & 0xff);
    Dsp.store32(bytes, first + Op.Embed.OUTPUT, Memory.buffer(1, 0xFFF_FFF0));
    Crc32 crc = new Crc32();
    int body = crc.update(0, bytes, ImageHeader.BYTES, bytes.length - ImageHeader.BYTES);
    Dsp.store32(bytes, ImageHeader.BODY_CRC, body);
    Dsp.store32(bytes, ImageHeader.HEADER_CRC, ImageHeader.headerCrc(bytes, crc));
    return good.with(bytes);
  }

  /** Twice: the node is still there. */
  private static void assertRefused(String message, QemuFlock flock) {
    Coordinator coordinator = new Coordinator(flock);
    for (int time = 0; time < 2; time++) {
      assertEquals(message, assertThrows(Refusal.class, coordinator::hello).getMessage());
    }
  }

  private static Plan plan(BoardType board, int nodes, int context) {
    PlanOptions options =
        new PlanOptions(context, 7, null, Inspection.NONE).nodes(nodes, Topology.TREE);
    return Planner.plan(MODEL, board, options);
  }

  private static QuantisedModel model() {
    LlamaConfig shape = new LlamaConfig(16, 43, 2, 4, 2, 6, 50, LONG, 1e-5, 10_000);
    var model = RandomModel.of(shape, true, 5);
    Calibration calibration = Calibration.measure(model, List.of(PROMPT), tokens -> {});
    return Quantiser.quantise(Equalisation.apply(model, calibration));
  }
}

package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.firmware.Request;
import dunlin.host.SharedModels;
import dunlin.host.SmallModels;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plan and reality differ by nothing: what a node touches of its RAM, and what it allocates. */
class ArenaTest {
  /** Beyond what the image asks for: nobody may write here. */
  private static final int BEYOND = 4096;

  /** The last positions of a cache whose capacity is no multiple of four, and the last word. */
  private static final int PADDING = 3 * 2 + 3;

  static Stream<Arguments> plans() {
    LlamaConfig odd = new LlamaConfig(18, 43, 2, 6, 3, 6, 131, 37, 1e-5, 10_000);
    LlamaConfig wide = new LlamaConfig(33, 172, 1, 2, 1, 8, 13, 24, 1e-5, 10_000);
    return Stream.of(odd, wide)
        .flatMap(
            config ->
                Stream.of(
                    Arguments.of(config, new PlanOptions(37, 8, Weights.PACKED, Inspection.NONE)),
                    Arguments.of(config, new PlanOptions(24, 1, Weights.PLAIN, Inspection.NONE)),
                    Arguments.of(
                        config, new PlanOptions(23, 5, Weights.PACKED, Inspection.ALL_LOGITS)),
                    Arguments.of(config, new PlanOptions(20, 20, Weights.PLAIN, Inspection.TAPS))))
        .filter(
            arguments ->
                ((PlanOptions) arguments.get()[1]).context()
                    <= ((LlamaConfig) arguments.get()[0]).context());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void shouldTouchWhatIsPlannedAndNothingElse(LlamaConfig config, PlanOptions options) {
    check(RandomModel.of(config, false, 1), options);
  }

  @Test
  void shouldTouchWhatIsPlannedOfStories260K() {
    FloatModel model =
        Checkpoints.read(SharedModels.require("stories260K").resolve("stories260K.bin"));
    check(model, new PlanOptions(128, 8, Weights.PACKED, Inspection.NONE));
  }

  private static void check(FloatModel model, PlanOptions options) {
    List<int[]> texts = List.of(new int[] {1, 2, 3});
    QuantisedModel quantised = SmallModels.quantise(model, texts);
    NodeImage image =
        Compiler.compile(Planner.plan(quantised, BoardTypes.named("emulated"), options)).get(0);
    BareNode zeros = node(image, (byte) 0x5a);
    BareNode ones = node(image, (byte) 0xa5);
    PassResult first = runToTheEnd(zeros, model.config(), options);
    PassResult second = runToTheEnd(ones, model.config(), options);

    assertArrayEquals(first.logits(), second.logits(), "a buffer is read before it is written");
    assertEquals(first.token(), second.token());
    assertEquals(0, leastAllocated(image, model.config(), options), "bytes allocated after boot");
    for (int region = 0; region < image.memory().regionBytes().size(); region++) {
      int planned = image.memory().regionBytes().get(region);
      int touched = touched(zeros.ram(region), ones.ram(region));
      assertTrue(
          touched <= planned && touched > planned - PADDING,
          "region " + region + ": " + planned + " planned, " + touched + " touched");
    }
  }

  /**
   * What the node itself allocates it allocates in every run; the JVM may add some of its own, when
   * it loads a class or replaces compiled code.
   */
  private static long leastAllocated(NodeImage image, LlamaConfig config, PlanOptions options) {
    long least = Long.MAX_VALUE;
    for (int run = 0; run < 5 && least > 0; run++) {
      BareNode node = node(image, (byte) 0);
      runToTheEnd(node, config, options);
      least = Math.min(least, node.allocated());
    }
    return least;
  }

  private static BareNode node(NodeImage image, byte fill) {
    List<Integer> ram = image.memory().regionBytes().stream().map(bytes -> bytes + BEYOND).toList();
    return new BareNode(image.bytes(), ram, fill);
  }

  /** Full chunks up to the last position, each with all that a request can ask for. */
  private static PassResult runToTheEnd(BareNode node, LlamaConfig config, PlanOptions options) {
    Coordinator coordinator = new Coordinator(node);
    coordinator.hello();
    int[] text = SmallModels.text(config, 4);
    Sampling widest = Sampling.of(1, Math.min(128, config.vocabulary()), 1);
    PassResult result = null;
    int flags = Request.SAMPLE | Request.SEND_LOGITS;
    for (int at = 0; at < options.context(); at += options.chunk()) {
      int to = Math.min(at + options.chunk(), options.context());
      result = coordinator.pass(Arrays.copyOfRange(text, at, to), at, flags, widest);
    }
    return result;
  }

  /** The end of what either run wrote: what neither did still holds both patterns. */
  private static int touched(byte[] zeros, byte[] ones) {
    int end = zeros.length;
    while (end > 0 && zeros[end - 1] == 0x5a && ones[end - 1] == (byte) 0xa5) {
      end--;
    }
    return end;
  }
}

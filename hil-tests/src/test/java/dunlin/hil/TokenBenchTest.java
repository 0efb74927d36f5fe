package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.qemu.QemuBoards;
import dunlin.host.bench.NodeMeasurement;
import dunlin.host.bench.NodeMeasurement.OpMeasurement;
import dunlin.host.bench.TokenBench;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.model.FloatModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.Quantiser;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a token of stories260K costs an STM32F405, against budgets.toml. */
class TokenBenchTest {
  private static final int POSITION = 128;
  private static final int FIRST = 1;
  private static final Set<String> COLLECTIVES = Set.of("fetch", "broadcast", "reduce", "merge");

  @Test
  @Tag("slow")
  void shouldSpendFewInstructionsOnAToken() {
    NodeMeasurement alone = measure(1).get(0);
    List<NodeMeasurement> four = measure(4);
    assertAll(
        () -> Budget.named("token-ops").check(computing(alone)),
        () -> Budget.named("token-ops-of-four").check(most(four, TokenBenchTest::computing)),
        () -> Budget.named("token-collectives").check(most(four, TokenBenchTest::exchanging)),
        () ->
            Budget.named("received-byte")
                .check(most(four, NodeMeasurement::instructionsPerReceivedByte)),
        () -> Budget.named("received-byte-main-loop").check(most(four, TokenBenchTest::looping)));
  }

  @Test
  @Tag("slow")
  void shouldCountTheSameEachTime() {
    assertEquals(measure(2), measure(2));
  }

  @Test
  void shouldRefuseAPositionBeyondTheContext() {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    Plan plan = plan(1);
    Refusal refusal =
        assertThrows(Refusal.class, () -> TokenBench.measure(plan, FIRST, POSITION + 1));
    assertEquals(
        "position 129 is beyond a context of 129: choose a smaller --position, or a larger"
            + " --context",
        refusal.getMessage());
  }

  private static List<NodeMeasurement> measure(int nodes) {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    assumeTrue(QemuBoards.installed(), "rig qemu: sudo apt install qemu-system-arm");
    return TokenBench.measure(plan(nodes), FIRST, POSITION);
  }

  private static Plan plan(int nodes) {
    FloatModel model = Checkpoints.read(SharedFiles.model("stories260K/stories260K.bin"));
    Calibration calibration =
        Calibration.measure(model, List.of(new int[] {FIRST, 403, 407}), tokens -> {});
    PlanOptions options = PlanOptions.DEFAULT.withContext(POSITION + 1).nodes(nodes, Topology.TREE);
    return Planner.plan(
        Quantiser.quantise(Equalisation.apply(model, calibration)),
        BoardTypes.named("stm32f405"),
        options);
  }

  private static double most(
      List<NodeMeasurement> nodes, ToDoubleFunction<NodeMeasurement> figure) {
    return nodes.stream().mapToDouble(figure).max().orElseThrow();
  }

  private static double computing(NodeMeasurement node) {
    return node.opInstructions() - exchanging(node);
  }

  private static double exchanging(NodeMeasurement node) {
    return node.ops().stream()
        .filter(op -> COLLECTIVES.contains(op.op()))
        .mapToLong(OpMeasurement::instructions)
        .sum();
  }

  private static double looping(NodeMeasurement node) {
    return (double) node.loopInstructions() / node.receivedBytes();
  }
}

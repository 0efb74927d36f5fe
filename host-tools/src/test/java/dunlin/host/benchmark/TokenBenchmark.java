package dunlin.host.benchmark;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.Sampling;
import dunlin.host.run.Stories260K;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Greedy decoding of stories260K on one emulated node, and on a flock: tokens a second over the
 * first 200 positions. Without the model it fails, naming the folders it looked in.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class TokenBenchmark {
  private static final int TOKENS = 200;

  /** Layout of the weights. */
  @Param public Weights weights;

  /** Nodes that share the model, in a tree. */
  @Param({"1", "8"})
  public int nodes;

  private Generator generator;
  private int[] prompt;

  /** Boots a node. */
  @Setup
  public void boot() {
    Stories260K stories = Stories260K.require();
    prompt = new int[] {stories.tokenizer().begin()};
    PlanOptions options =
        new PlanOptions(TOKENS, 1, weights, Inspection.NONE).nodes(nodes, Topology.TREE);
    Coordinator coordinator =
        new Coordinator(
            new EmulatedFlock(
                Planner.plan(stories.quantised(), BoardTypes.named("emulated"), options)));
    generator = new Generator(coordinator, coordinator.hello());
  }

  /** One text of {@value TOKENS} tokens. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public int decode() {
    generator.restart();
    return generator.generate(prompt, TOKENS, Sampling.GREEDY, token -> true);
  }
}

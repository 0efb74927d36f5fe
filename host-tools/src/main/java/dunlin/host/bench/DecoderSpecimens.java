package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.firmware.Request;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.Quantiser;
import dunlin.host.run.Generator;
import dunlin.host.run.Sampling;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Random decoders of many shapes, on one node and on several, with passes of one row and more. */
final class DecoderSpecimens {
  private static final double EPSILON = 1e-5;
  private static final double THETA = 10_000;

  /** Rows of each pass of a node alone: odd and even, early and late. */
  private static final List<Integer> LONG =
      List.of(1, 2, 3, 8, 1, 8, 8, 8, 7, 8, 2, 1, 5, 8, 8, 8, 8, 8, 8, 3, 1);

  /** The same for a flock, where every byte of every link is followed. */
  private static final List<Integer> SHORT = List.of(1, 2, 8, 1, 3, 1);

  /** Rows of all passes. */
  private static final int LATE = 114;

  private static final int EARLY = 16;

  private static final int CHUNK = 8;

  private static final List<Shape> SHAPES =
      List.of(
          alone(new LlamaConfig(64, 172, 1, 8, 4, 8, 512, LATE, EPSILON, THETA)),
          alone(new LlamaConfig(128, 300, 1, 4, 1, 32, 200, LATE, EPSILON, THETA)),
          alone(new LlamaConfig(36, 50, 2, 3, 3, 12, 77, LATE, EPSILON, THETA)),
          alone(new LlamaConfig(256, 64, 1, 5, 1, 16, 33, LATE, EPSILON, THETA)),
          flock(4, new LlamaConfig(64, 172, 2, 8, 4, 8, 512, EARLY, EPSILON, THETA)),
          flock(2, new LlamaConfig(96, 90, 1, 6, 2, 16, 64, EARLY, EPSILON, THETA)),
          new Shape(
              new LlamaConfig(40, 61, 1, 4, 2, 10, 50, EARLY, EPSILON, THETA),
              3,
              Topology.CHAIN,
              SHORT),
          flock(2, new LlamaConfig(200, 40, 1, 2, 1, 8, 30, EARLY, EPSILON, THETA)),
          flock(6, new LlamaConfig(48, 96, 1, 2, 2, 24, 100, EARLY, EPSILON, THETA)));

  /** A random model and its flock. */
  private record Shape(LlamaConfig config, int nodes, Topology topology, List<Integer> passes) {
    int[] tokens(long seed, int count) {
      return new Random(seed).ints(count, 0, config.vocabulary()).toArray();
    }
  }

  private DecoderSpecimens() {}

  private static Shape alone(LlamaConfig config) {
    return new Shape(config, 1, Topology.TREE, LONG);
  }

  private static Shape flock(int nodes, LlamaConfig config) {
    return new Shape(config, nodes, Topology.TREE, SHORT);
  }

  /** On boards of a type. */
  static Stream<Specimen> on(BoardType board) {
    return SHAPES.stream()
        .map(
            shape ->
                new Specimen(
                    plan(board, shape),
                    Replays.Exercise.text(generator -> {}, generator -> feed(shape, generator)),
                    shape.passes()));
  }

  private static Plan plan(BoardType board, Shape shape) {
    FloatModel model = RandomModel.of(shape.config(), true, 7);
    List<int[]> texts = List.of(shape.tokens(1, shape.config().context()));
    Calibration calibration = Calibration.measure(model, texts, tokens -> {});
    PlanOptions options =
        new PlanOptions(0, CHUNK, null, PlanOptions.Inspection.NONE)
            .nodes(shape.nodes(), shape.topology());
    return Planner.plan(Quantiser.quantise(Equalisation.apply(model, calibration)), board, options);
  }

  private static void feed(Shape shape, Generator generator) {
    for (int rows : shape.passes()) {
      int[] tokens = shape.tokens(generator.position(), rows);
      generator.feed(tokens, Request.SAMPLE, Sampling.GREEDY);
    }
  }
}

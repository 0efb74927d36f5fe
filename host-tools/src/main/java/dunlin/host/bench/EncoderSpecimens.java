package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.host.features.SelfFeatures;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.RandomEncoder;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.FeatureInput;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Random encoders of many shapes, which classify an input or two. Sequences are long and short, odd
 * and even; the longest ones go tile by tile on a small board.
 */
final class EncoderSpecimens {
  private static final double EPSILON = 1e-6;
  private static final int INPUTS = 2;

  /** Frames, dim, hidden, heads, head size. */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 17, 24, 40, 3, 8, false),
          new Shape(1, 32, 48, 96, 2, 16, true),
          new Shape(1, 40, 16, 64, 8, 2, false),
          new Shape(1, 41, 16, 50, 8, 2, true),
          new Shape(1, 7, 32, 128, 4, 32, false),
          new Shape(1, 10, 32, 33, 5, 32, true),
          new Shape(1, 99, 64, 64, 1, 64, false),
          new Shape(1, 81, 32, 32, 4, 32, true),
          new Shape(1, 128, 16, 20, 2, 48, false),
          new Shape(1, 127, 20, 24, 3, 5, true),
          new Shape(1, 170, 32, 64, 2, 16, false),
          new Shape(1, 171, 32, 64, 2, 32, true),
          new Shape(1, 110, 24, 16, 6, 32, false),
          new Shape(1, 26, 12, 30, 7, 6, true),
          new Shape(1, 12, 8, 10, 1, 4, false),
          new Shape(1, 50, 64, 32, 1, 32, false),
          new Shape(1, 64, 48, 20, 12, 4, false),
          new Shape(1, 15, 36, 20, 2, 40, false),
          new Shape(1, 120, 32, 24, 8, 32, false),
          new Shape(1, 5, 64, 32, 1, 64, true),
          new Shape(1, 64, 64, 32, 1, 16, true),
          new Shape(1, 33, 12, 20, 9, 3, true),
          new Shape(1, 90, 40, 20, 6, 20, true),
          new Shape(1, 19, 8, 10, 2, 40, true),
          new Shape(1, 140, 64, 32, 4, 8, true),
          new Shape(2, 33, 32, 60, 4, 8, false),
          new Shape(5, 24, 16, 70, 3, 16, true),
          new Shape(3, 30, 24, 62, 3, 12, false),
          new Shape(3, 12, 48, 40, 7, 8, true),
          new Shape(4, 21, 40, 48, 5, 10, false));

  /** A random model and its flock; a few of each kind of norm, activation, pooling and input. */
  private record Shape(
      int nodes, int frames, int dim, int hidden, int heads, int headSize, boolean fused) {
    EncoderConfig config() {
      int kind = frames + heads;
      int channels = 1 + kind % 5 * 4;
      int kernel = 1 + kind % 3;
      Convolution last = new Convolution(kernel, 1, dim, Nonlinearity.NONE);
      return EncoderConfig.ofFrames(
          frames + kernel - 1,
          channels,
          kind % 2 == 0
              ? List.of(new Convolution(1, 1, 1 + kind % 7, Nonlinearity.GELU_ERF), last)
              : List.of(last),
          dim,
          hidden,
          1,
          heads,
          headSize,
          kind % 2 == 0 ? NormPlacement.PRE : NormPlacement.POST,
          List.of(Nonlinearity.RELU, Nonlinearity.GELU_ERF, Nonlinearity.GELU_TANH).get(kind % 3),
          kind % 4 < 2 ? Pooling.CLASS_TOKEN : Pooling.MEAN,
          EPSILON,
          Collections.nCopies(2 + kind, "label"));
    }

    QuantisedEncoder quantised(List<Features> inputs) {
      EncoderModel model = RandomEncoder.of("specimen", config(), 7);
      EncoderCalibration calibration = EncoderCalibration.measure(model, inputs, done -> {});
      return EncoderQuantiser.quantise(model, calibration, fused ? Fusing.ALWAYS : Fusing.NEVER);
    }
  }

  private EncoderSpecimens() {}

  /** On boards of a type. */
  static Stream<Specimen> on(BoardType board) {
    return SHAPES.stream().map(shape -> specimen(board, shape));
  }

  private static Specimen specimen(BoardType board, Shape shape) {
    List<Features> inputs = SelfFeatures.of(shape.config());
    QuantisedEncoder model = shape.quantised(inputs);
    PlanOptions options = PlanOptions.DEFAULT.nodes(shape.nodes(), Topology.TREE);
    Plan plan = Planner.plan(model, board, options);
    List<byte[]> asked =
        inputs.stream().limit(INPUTS).map(features -> FeatureInput.of(model, features)).toList();
    return new Specimen(
        plan,
        Replays.Exercise.inputs(List.of(), asked),
        Collections.nCopies(asked.size(), plan.context()));
  }
}

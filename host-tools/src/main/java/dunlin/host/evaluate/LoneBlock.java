package dunlin.host.evaluate;

import dunlin.boards.BoardType;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Features;
import dunlin.host.model.Matrix;
import dunlin.host.model.Nonlinearity;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import java.util.Optional;

/** A block of an encoder by itself, fed with the stream that the oracle feeds it. */
final class LoneBlock {
  private LoneBlock() {}

  /** The stream behind a block that computes nothing but itself. */
  static double[] behind(
      EncoderModel model,
      BoardType board,
      List<OracleStreams> samples,
      OracleStreams exact,
      int layer) {
    Features input = exact.entry(layer);
    EncoderModel block = block(model, layer, input.frames());
    List<Features> calibration = samples.stream().map(sample -> sample.entry(layer)).toList();
    EncoderCalibration peaks = EncoderCalibration.measure(block, calibration, done -> {});
    QuantisedEncoder quantised = EncoderQuantiser.quantise(block, peaks, Fusing.NEVER);
    return BoardStreams.behind(quantised, board, input).get(0);
  }

  /** A model of one block that reads its stream as frames. */
  private static EncoderModel block(EncoderModel model, int layer, int rows) {
    EncoderConfig whole = model.config();
    int dim = whole.dim();
    EncoderConfig config =
        new EncoderConfig(
            rows,
            dim,
            List.of(new Convolution(1, 1, dim, Nonlinearity.NONE)),
            Optional.empty(),
            dim,
            whole.hidden(),
            1,
            whole.heads(),
            whole.headSize(),
            whole.bottleneck(),
            whole.norm(),
            whole.activation(),
            Pooling.EVERY_TOKEN,
            whole.normEpsilon(),
            whole.labels());
    float[] ones = new float[dim * dim];
    for (int i = 0; i < dim; i++) {
      ones[i * dim + i] = 1;
    }
    Linear same = new Linear(new Matrix("same", dim, dim, ones), zeros(1, dim));
    return new EncoderModel(
        model.name(),
        config,
        List.of(same),
        Optional.empty(),
        zeros(rows, dim),
        Optional.empty(),
        List.of(model.layers().get(layer)),
        model.finalNorm(),
        Optional.empty(),
        model.head());
  }

  private static Matrix zeros(int rows, int columns) {
    return new Matrix("zeros", rows, columns, new float[rows * columns]);
  }
}

package dunlin.host.evaluate;

import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.oracle.EncoderOracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Streams of the oracle: what each block reads, and what is behind it, row after row. */
record OracleStreams(Map<Integer, List<double[]>> entries, Map<Integer, List<double[]>> ends) {
  static OracleStreams of(EncoderModel model, EncoderInput input) {
    Activation end = end(model.config());
    Activation next =
        model.config().norm() == NormPlacement.PRE ? end : Activation.FEED_FORWARD_NORM;
    OracleStreams streams = new OracleStreams(new TreeMap<>(), new TreeMap<>());
    new EncoderOracle(
            model,
            (layer, what, position, values) -> {
              if (what == Activation.EMBEDDING) {
                add(streams.entries, 0, values);
              }
              if (what == next) {
                add(streams.entries, layer + 1, values);
              }
              if (what == end) {
                add(streams.ends, layer, values);
              }
            })
        .forward(input);
    return streams;
  }

  private static void add(Map<Integer, List<double[]>> rows, int layer, double[] values) {
    rows.computeIfAbsent(layer, l -> new ArrayList<>()).add(values.clone());
  }

  Features entry(int layer) {
    List<double[]> rows = entries.get(layer);
    int width = rows.get(0).length;
    float[] values = new float[rows.size() * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows.get(i / width)[i % width];
    }
    return new Features("layer " + layer, rows.size(), width, values);
  }

  /** Boards have a class token last. */
  double[] asOnBoards(int layer, EncoderConfig config) {
    double[] rows = behind(layer);
    if (config.pooling() != Pooling.CLASS_TOKEN) {
      return rows;
    }
    double[] turned = new double[rows.length];
    int rest = rows.length - config.dim();
    System.arraycopy(rows, config.dim(), turned, 0, rest);
    System.arraycopy(rows, 0, turned, rest, config.dim());
    return turned;
  }

  double[] behind(int layer) {
    return ends.get(layer).stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** What a tap shows of the stream behind a block. */
  private static Activation end(EncoderConfig config) {
    return config.bottleneck().isPresent()
        ? Activation.FEED_FORWARD_NORM
        : Activation.FEED_FORWARD_RESIDUAL;
  }
}

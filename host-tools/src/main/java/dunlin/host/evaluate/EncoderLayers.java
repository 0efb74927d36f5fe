package dunlin.host.evaluate;

import dunlin.boards.BoardType;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.compile.TapPoint;
import dunlin.host.features.LabelledInputs.Labelled;
import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.Features;
import dunlin.host.model.Matrix;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.TokenSequence;
import dunlin.host.oracle.EncoderOracle;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.EncoderPass;
import dunlin.host.run.PassResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What quantisation costs each block of an encoder: the stream behind it beside the oracle's, of
 * the whole model, where errors add up, and of the block alone, fed with the oracle's stream.
 *
 * @param together cosine of the whole model's stream behind each block
 * @param alone cosine of each block's stream by itself
 */
public record EncoderLayers(List<Double> together, List<Double> alone) {
  private static final int MOST_SAMPLES = 8;

  public EncoderLayers {
    together = List.copyOf(together);
    alone = List.copyOf(alone);
  }

  /** Compares on the first of some labelled inputs; blocks are calibrated on all as long as it. */
  public static EncoderLayers of(
      EncoderModel model, QuantisedEncoder quantised, BoardType board, List<Labelled> inputs) {
    List<EncoderInput> all = inputs.stream().map(Labelled::input).toList();
    return of(model, quantised, board, alike(all, all.get(0)), all.get(0));
  }

  /**
   * The worst that each block does on several inputs of any lengths; blocks are calibrated on those
   * that are as long.
   *
   * @param progress told the number of inputs done
   */
  public static EncoderLayers worst(
      EncoderModel model,
      QuantisedEncoder quantised,
      BoardType board,
      List<? extends EncoderInput> inputs,
      IntConsumer progress) {
    List<EncoderLayers> each = new ArrayList<>();
    for (EncoderInput input : inputs) {
      each.add(of(model, quantised, board, alike(inputs, input), input));
      progress.accept(each.size());
    }
    return new EncoderLayers(
        worst(each, EncoderLayers::together), worst(each, EncoderLayers::alone));
  }

  private static List<Double> worst(
      List<EncoderLayers> each, Function<EncoderLayers, List<Double>> cosines) {
    return IntStream.range(0, each.get(0).alone().size())
        .mapToObj(
            layer -> Collections.min(each.stream().map(c -> cosines.apply(c).get(layer)).toList()))
        .toList();
  }

  private static List<? extends EncoderInput> alike(
      List<? extends EncoderInput> inputs, EncoderInput one) {
    return inputs.stream().filter(input -> rows(input) == rows(one)).limit(MOST_SAMPLES).toList();
  }

  private static int rows(EncoderInput input) {
    return input instanceof TokenSequence text ? text.tokens().length : ((Features) input).frames();
  }

  /**
   * Compares on one input.
   *
   * @param quantised of {@code model}
   * @param calibration inputs to calibrate blocks on that are alone, as long as {@code input}
   */
  public static EncoderLayers of(
      EncoderModel model,
      QuantisedEncoder quantised,
      BoardType board,
      List<? extends EncoderInput> calibration,
      EncoderInput input) {
    Streams exact = Streams.of(model, input);
    List<Streams> samples = calibration.stream().map(each -> Streams.of(model, each)).toList();
    List<double[]> whole = behind(quantised, board, input);
    List<Double> together = new ArrayList<>();
    List<Double> alone = new ArrayList<>();
    for (int layer = 0; layer < model.config().layers(); layer++) {
      together.add(Cosine.of(exact.asOnBoards(layer, model.config()), whole.get(layer)));
      alone.add(Cosine.of(exact.behind(layer), alone(model, board, samples, exact, layer)));
    }
    return new EncoderLayers(together, alone);
  }

  /** Streams of the oracle: what each block reads, and what is behind it, row after row. */
  private record Streams(Map<Integer, List<double[]>> entries, Map<Integer, List<double[]>> ends) {
    static Streams of(EncoderModel model, EncoderInput input) {
      Activation end = end(model.config());
      Activation next =
          model.config().norm() == NormPlacement.PRE ? end : Activation.FEED_FORWARD_NORM;
      Streams streams = new Streams(new TreeMap<>(), new TreeMap<>());
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
  }

  /** What a tap shows of the stream behind a block. */
  private static Activation end(EncoderConfig config) {
    return config.bottleneck().isPresent()
        ? Activation.FEED_FORWARD_NORM
        : Activation.FEED_FORWARD_RESIDUAL;
  }

  /** The stream behind a block that computes nothing but itself. */
  private static double[] alone(
      EncoderModel model, BoardType board, List<Streams> samples, Streams exact, int layer) {
    Features input = exact.entry(layer);
    EncoderModel block = block(model, layer, input.frames());
    List<Features> calibration = samples.stream().map(sample -> sample.entry(layer)).toList();
    EncoderCalibration peaks = EncoderCalibration.measure(block, calibration, done -> {});
    QuantisedEncoder quantised = EncoderQuantiser.quantise(block, peaks, Fusing.NEVER);
    return behind(quantised, board, input).get(0);
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

  /** The streams behind the blocks of a model on one board, row after row. */
  private static List<double[]> behind(
      QuantisedEncoder quantised, BoardType board, EncoderInput input) {
    Plan plan = Planner.plan(quantised, board, new PlanOptions(0, 0, null, Inspection.TAPS));
    List<NodeImage> images = Compiler.compile(plan);
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images));
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    PassResult result = new EncoderPass(classifier, quantised, plan.context()).of(input);
    TapReader reader = new TapReader(images.get(0).taps(), result.taps());
    List<double[]> streams = new ArrayList<>();
    for (TapPoint point : images.get(0).taps()) {
      if (point.layer() >= 0) {
        streams.add(rows(reader, point, result.taps().get(point.number()).length));
      }
    }
    return streams;
  }

  private static double[] rows(TapReader reader, TapPoint point, int bytes) {
    int rows = bytes / point.rowBytes();
    double[] values = new double[rows * point.count()];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(reader.row(point, row), 0, values, row * point.count(), point.count());
    }
    return values;
  }
}

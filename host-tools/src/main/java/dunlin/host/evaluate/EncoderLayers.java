package dunlin.host.evaluate;

import dunlin.boards.BoardType;
import dunlin.host.features.LabelledInputs.Labelled;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.TokenSequence;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    OracleStreams exact = OracleStreams.of(model, input);
    List<OracleStreams> samples =
        calibration.stream().map(each -> OracleStreams.of(model, each)).toList();
    List<double[]> whole = BoardStreams.behind(quantised, board, input);
    List<Double> together = new ArrayList<>();
    List<Double> alone = new ArrayList<>();
    for (int layer = 0; layer < model.config().layers(); layer++) {
      together.add(Cosine.of(exact.asOnBoards(layer, model.config()), whole.get(layer)));
      alone.add(
          Cosine.of(exact.behind(layer), LoneBlock.behind(model, board, samples, exact, layer)));
    }
    return new EncoderLayers(together, alone);
  }
}

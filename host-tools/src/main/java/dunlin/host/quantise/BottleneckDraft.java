package dunlin.host.quantise;

import static dunlin.host.quantise.Vectors.constant;

import dunlin.host.model.EncoderModel;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.BottleneckBlock;
import dunlin.host.quantise.QuantisedEncoder.FeedForward;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A block with a bottleneck, before its two streams have their fixed points.
 *
 * @param start what the narrow stream begins with
 * @param exitSteps of the narrow stream as {@code widen} reads it
 */
record BottleneckDraft(
    String name,
    AttentionQuantiser.Quantised attention,
    SumRows start,
    List<Stage> feedForwards,
    double[] exitSteps,
    Gained gain,
    SumRows widen)
    implements BlockDraft {

  /**
   * A feed-forward.
   *
   * @param steps of the narrow stream as {@code up} reads it
   */
  private record Stage(double[] steps, Activated up, Gained gain, SumRows down) {}

  /** Block {@code layer}. */
  static BottleneckDraft of(EncoderModel model, int layer, EncoderCalibration.Block peaks) {
    String name = "layer " + layer + " ";
    BottleneckFolding folded = BottleneckFolding.of(model.layers().get(layer));
    AttentionQuantiser.Quantised attention =
        AttentionQuantiser.quantise(model, name, folded.attention(), peaks, false);
    double[] startSteps =
        DoubleStream.concat(
                DoubleStream.of(attention.contextSteps()), DoubleStream.of(attention.steps()))
            .toArray();
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < folded.feedForwards().size(); i++) {
      stages.add(stage(model, name, folded.feedForwards().get(i), peaks, i));
    }
    Gained widen = folded.widen();
    double[] exitSteps = StreamEntries.steps(peaks.narrow().get(stages.size()), widen.weight());
    return new BottleneckDraft(
        model.name() + ": " + name,
        attention,
        SumRows.of(model.name(), name + "output", folded.start(), startSteps, 8),
        stages,
        exitSteps,
        widen,
        SumRows.of(model.name(), name + "widen", widen.linear(), exitSteps, 8));
  }

  private static Stage stage(
      EncoderModel model,
      String block,
      BottleneckFolding.Stage layer,
      EncoderCalibration.Block peaks,
      int index) {
    String name = block + "feed-forward " + index + " ";
    double[] steps = StreamEntries.steps(peaks.narrow().get(index), layer.up().weight());
    ActivatedRows up =
        ActivatedRows.of(
            model.name(), name + "up", layer.up(), steps, 8, peaks.narrowHidden().get(index));
    double[] hidden = constant(model.config().hidden(), up.step());
    SumRows down =
        SumRows.of(
            model.name(),
            name + "down",
            layer.down().linear(),
            hidden,
            QuantisedEncoder.HIDDEN_BITS);
    return new Stage(steps, up.layer(), layer.down(), down);
  }

  @Override
  public double[] attentionSteps() {
    return attention.steps();
  }

  @Override
  public int mostFraction() {
    return widen.mostFraction();
  }

  /** The most fraction bits of the narrow stream that the block bears. */
  int mostNarrowFraction() {
    int downs =
        feedForwards.stream().mapToInt(stage -> stage.down().mostFraction()).min().orElseThrow();
    return Math.min(start.mostFraction(), downs);
  }

  /** The block for streams to int8 as they are. */
  BottleneckBlock at(int fraction, int narrowFraction, StreamEntries wide, StreamEntries narrow) {
    double[] bias = start.bias();
    List<FeedForward> stages =
        IntStream.range(0, feedForwards.size())
            .mapToObj(
                i -> {
                  Stage stage = feedForwards.get(i);
                  return new FeedForward(
                      narrow.plain(name + "feed-forward " + i, stage.steps()),
                      stage.up(),
                      stage.gain().at(narrowFraction),
                      stage.down().at(narrowFraction).sum());
                })
            .toList();
    return new BottleneckBlock(
        wide.plain(name + "attention", attention.steps()),
        attention.layer(),
        start.at(narrowFraction).sum(),
        Gained.gain(constant(bias.length, 0), bias, narrowFraction),
        stages,
        narrow.plain(name + "widen", exitSteps),
        gain.at(fraction),
        widen.at(fraction).sum());
  }
}

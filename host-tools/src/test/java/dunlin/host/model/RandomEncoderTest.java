package dunlin.host.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.SmallEncoders;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.oracle.EncoderOracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Seeded weights behave as trained ones do, so that what is measured with them is worth it. */
class RandomEncoderTest {
  @ParameterizedTest
  @FieldSource("dunlin.host.checkpoint.EncoderDescription#NAMES")
  void shouldKeepActivationsInSize(String name) {
    EncoderModel model = EncoderDescription.named(name).model();
    Map<Activation, DoubleSummaryStatistics> squares = new EnumMap<>(Activation.class);
    new EncoderOracle(
            model,
            (layer, what, position, values) -> {
              DoubleSummaryStatistics all =
                  squares.computeIfAbsent(what, any -> new DoubleSummaryStatistics());
              Arrays.stream(values).map(x -> x * x).forEach(all);
            })
        .forward(SmallEncoders.input(model.config()));
    squares.forEach(
        (what, all) -> {
          double size = Math.sqrt(all.getAverage());
          assertTrue(size > 0.1 && size < 2.5, what + " " + size);
        });
  }

  @ParameterizedTest
  @FieldSource("dunlin.host.checkpoint.EncoderDescription#NAMES")
  void shouldAttendToSomeTokensMoreThanToOthers(String name) {
    EncoderModel model = EncoderDescription.named(name).model();
    EncoderConfig config = model.config();
    int tokens = config.words().isPresent() ? 16 : config.context();
    double[] highest = {0};
    new EncoderOracle(
            model,
            (layer, what, position, values) -> {
              for (int at = 0; what == Activation.SCORES && at < values.length; at += tokens) {
                highest[0] += highestWeight(Arrays.copyOfRange(values, at, at + tokens));
              }
            })
        .forward(SmallEncoders.input(model.config()));
    double mean = highest[0] / (tokens * config.heads() * config.layers());
    assertTrue(mean > 2.0 / tokens, name + ": " + mean + ", where all alike were " + 1.0 / tokens);
  }

  /** Attention and ReLU give all tokens much in common, which grows from layer to layer. */
  @ParameterizedTest
  @FieldSource("dunlin.host.checkpoint.EncoderDescription#OF_TEXT")
  void shouldKeepTokensApart(String name) {
    EncoderModel model = EncoderDescription.named(name).model();
    List<double[]> rows = new ArrayList<>();
    new EncoderOracle(
            model,
            (layer, what, position, values) -> {
              if (layer == model.config().layers() - 1 && what == Activation.FEED_FORWARD_NORM) {
                rows.add(values);
              }
            })
        .forward(SmallEncoders.input(model.config()));
    double all = 0;
    double common = 0;
    for (int i = 0; i < model.config().dim(); i++) {
      int channel = i;
      all += rows.stream().mapToDouble(row -> row[channel] * row[channel]).average().orElseThrow();
      common += Math.pow(rows.stream().mapToDouble(row -> row[channel]).average().orElseThrow(), 2);
    }
    assertTrue(common < 0.5 * all, name + ": " + common / all + " is common to all tokens");
  }

  private static double highestWeight(double[] scores) {
    double max = Arrays.stream(scores).max().orElseThrow();
    return 1 / Arrays.stream(scores).map(score -> Math.exp(score - max)).sum();
  }
}

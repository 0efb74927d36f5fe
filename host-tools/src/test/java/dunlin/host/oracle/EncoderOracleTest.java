package dunlin.host.oracle;

import static dunlin.host.model.Activation.ATTENTION_NORM;
import static dunlin.host.model.Activation.ATTENTION_RESIDUAL;
import static dunlin.host.model.Activation.CONTEXT;
import static dunlin.host.model.Activation.EMBEDDING;
import static dunlin.host.model.Activation.EMBEDDING_SUM;
import static dunlin.host.model.Activation.FEED_FORWARD_NORM;
import static dunlin.host.model.Activation.FEED_FORWARD_RESIDUAL;
import static dunlin.host.model.Activation.FINAL_NORM;
import static dunlin.host.model.Activation.FRONT_END;
import static dunlin.host.model.Activation.HIDDEN;
import static dunlin.host.model.Activation.LOGITS;
import static dunlin.host.model.Activation.NARROW;
import static dunlin.host.model.Activation.NARROW_HIDDEN;
import static dunlin.host.model.Activation.POOLED;
import static dunlin.host.model.Activation.POOLER;
import static dunlin.host.model.Activation.QUERY;
import static dunlin.host.model.Activation.UP;
import static dunlin.host.model.Activation.WORD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.host.SmallEncoders;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderOracleTest {
  /** The logits are NumPy's, from einsum and matmul over the same seeds: another program's word. */
  @ParameterizedTest
  @CsvSource({
    "eegformer, -2.677829692 1.431371666",
    "ecgformer, -0.295695241 -0.328413120 -0.036431624 -0.052074481 0.150928564",
    "radar-gesture, 0.609221701 -0.491933877 -0.579067664 0.386042376 0.504900327 1.132016177"
        + " 0.037790678 -0.971370673 -0.431649524 0.439452747 -0.330215961",
    "s32-e64-h16-p64, 0.418550835 0.253374832 0.516623295 0.417417839 0.151930493 -0.057340516"
        + " 0.112545749 0.040270764 -0.093829587 0.707971472"
  })
  void shouldAgreeWithAnotherProgram(String name, String logits) {
    EncoderModel model = EncoderDescription.named(name).model();
    double[] expected = Arrays.stream(logits.split(" ")).mapToDouble(Double::valueOf).toArray();
    double[] actual = new EncoderOracle(model).forward(SmallEncoders.sine(model.config()));
    assertArrayEquals(expected, actual, 1e-9);
  }

  @Test
  void shouldShowEveryActivationInOrderWhereNormsComeBefore() {
    List<Activation> expected = new ArrayList<>(List.of(FRONT_END, FRONT_END, EMBEDDING));
    for (int layer = 0; layer < 2; layer++) {
      expected.add(ATTENTION_NORM);
      expected.addAll(EnumSet.range(QUERY, ATTENTION_RESIDUAL));
      expected.add(FEED_FORWARD_NORM);
      expected.addAll(List.of(UP, HIDDEN, FEED_FORWARD_RESIDUAL));
    }
    expected.addAll(List.of(FINAL_NORM, POOLED, LOGITS));
    assertEquals(expected, seen(NormPlacement.PRE, Pooling.MEAN));
  }

  @Test
  void shouldShowEveryActivationInOrderWhereNormsComeBehind() {
    List<Activation> expected = new ArrayList<>(List.of(FRONT_END, FRONT_END, EMBEDDING));
    for (int layer = 0; layer < 2; layer++) {
      expected.addAll(EnumSet.range(QUERY, ATTENTION_RESIDUAL));
      expected.add(ATTENTION_NORM);
      expected.addAll(List.of(UP, HIDDEN, FEED_FORWARD_RESIDUAL));
      expected.add(FEED_FORWARD_NORM);
    }
    expected.addAll(List.of(POOLED, LOGITS));
    assertEquals(expected, seen(NormPlacement.POST, Pooling.CLASS_TOKEN));
  }

  @Test
  void shouldShowEveryActivationOfText() {
    List<Activation> expected = new ArrayList<>(List.of(WORD, EMBEDDING_SUM, EMBEDDING));
    for (int layer = 0; layer < 2; layer++) {
      expected.addAll(EnumSet.range(QUERY, ATTENTION_RESIDUAL));
      expected.add(ATTENTION_NORM);
      expected.addAll(List.of(UP, HIDDEN, FEED_FORWARD_RESIDUAL));
      expected.add(FEED_FORWARD_NORM);
    }
    expected.addAll(List.of(POOLED, POOLER, LOGITS));
    EncoderConfig config = SmallEncoders.text(Pooling.FIRST_TOKEN);
    assertEquals(expected, seen(config, SmallEncoders.tokens(config, 6)));
  }

  @Test
  void shouldShowEveryActivationOfBottlenecks() {
    List<Activation> expected = new ArrayList<>(List.of(WORD, EMBEDDING_SUM, EMBEDDING));
    for (int layer = 0; layer < 2; layer++) {
      expected.addAll(EnumSet.range(QUERY, CONTEXT));
      expected.add(NARROW);
      for (int i = 0; i < 3; i++) {
        expected.addAll(List.of(NARROW_HIDDEN, NARROW));
      }
      expected.add(FEED_FORWARD_NORM);
    }
    expected.addAll(List.of(POOLED, LOGITS));
    EncoderConfig config = SmallEncoders.bottlenecks(Pooling.EVERY_TOKEN);
    assertEquals(expected, seen(config, SmallEncoders.tokens(config, 7)));
  }

  @Test
  void shouldNumberTheFeedForwardsOfAllBlocks() {
    EncoderConfig config = SmallEncoders.bottlenecks(Pooling.FIRST_TOKEN);
    List<Integer> streams = new ArrayList<>();
    List<Integer> hidden = new ArrayList<>();
    new EncoderOracle(
            RandomEncoder.of("small", config, 1),
            (layer, what, position, values) -> {
              if (what == NARROW) {
                streams.add(layer);
              } else if (what == NARROW_HIDDEN) {
                hidden.add(layer);
              }
            })
        .forward(SmallEncoders.tokens(config, 1));
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), streams);
    assertEquals(List.of(0, 1, 2, 3, 4, 5), hidden);
  }

  /** What the first row of each intermediate shows; all rows have its width, and come in order. */
  private static List<Activation> seen(NormPlacement norm, Pooling pooling) {
    EncoderConfig config = SmallEncoders.config(norm, pooling);
    return seen(config, SmallEncoders.sine(config));
  }

  private static List<Activation> seen(EncoderConfig config, EncoderInput input) {
    int rows = input instanceof TokenSequence text ? text.tokens().length : config.context();
    List<Activation> seen = new ArrayList<>();
    int[] last = {0};
    EncoderOracle oracle =
        new EncoderOracle(
            RandomEncoder.of("small", config, 1),
            (layer, what, position, values) -> {
              assertEquals(width(what, layer, rows), values.length, what.name());
              if (position == 0) {
                seen.add(what);
              } else {
                assertEquals(last[0] + 1, position, what.name());
              }
              last[0] = position;
            });
    oracle.forward(input);
    return seen;
  }

  private static int width(Activation what, int layer, int rows) {
    return switch (what) {
      case WORD -> 4;
      case NARROW -> 3;
      case FRONT_END -> layer == 0 ? 7 : 5;
      case QUERY, KEY, VALUE, CONTEXT -> 3 * 2;
      case SCORES -> 3 * rows;
      case UP, HIDDEN, NARROW_HIDDEN -> 11;
      case LOGITS -> 3;
      default -> 5;
    };
  }

  @Test
  void shouldNotTakeAClipOfAnotherShape() {
    EncoderConfig config = SmallEncoders.config(NormPlacement.PRE, Pooling.MEAN);
    EncoderOracle oracle = new EncoderOracle(RandomEncoder.of("small", config, 1));
    Features turned = new Features("turned", 3, 9, new float[27]);
    assertThrows(IllegalArgumentException.class, () -> oracle.forward(turned));
    EncoderConfig text = SmallEncoders.text(Pooling.EVERY_TOKEN);
    assertThrows(
        IllegalArgumentException.class, () -> oracle.forward(SmallEncoders.tokens(text, 4)));
  }

  @Test
  void shouldNotTakeMoreTokensThanItHasPositions() {
    EncoderConfig config = SmallEncoders.text(Pooling.EVERY_TOKEN);
    EncoderOracle oracle = new EncoderOracle(RandomEncoder.of("small", config, 1));
    assertEquals(
        3 * config.context(),
        oracle.forward(SmallEncoders.tokens(config, config.context())).length);
    TokenSequence longer = SmallEncoders.tokens(config, config.context() + 1);
    assertThrows(IllegalArgumentException.class, () -> oracle.forward(longer));
    Features sound = new Features("sound", config.context(), 0, new float[0]);
    assertThrows(IllegalArgumentException.class, () -> oracle.forward(sound));
  }

  @Test
  void shouldReadNeighboursWithEveryToken() {
    EncoderConfig config = SmallEncoders.bottlenecks(Pooling.EVERY_TOKEN);
    List<double[]> sums = sums(config, SmallEncoders.tokens(config, 7));
    TokenSequence other = SmallEncoders.tokens(config, 7);
    other.tokens()[3]++;
    List<double[]> changed = sums(config, other);
    for (int s = 0; s < 7; s++) {
      assertEquals(s < 2 || s > 4, Arrays.equals(sums.get(s), changed.get(s)), "token " + s);
    }
  }

  private static List<double[]> sums(EncoderConfig config, TokenSequence text) {
    List<double[]> sums = new ArrayList<>();
    new EncoderOracle(
            RandomEncoder.of("small", config, 1),
            (layer, what, position, values) -> {
              if (what == EMBEDDING_SUM) {
                sums.add(values);
              }
            })
        .forward(text);
    return sums;
  }
}

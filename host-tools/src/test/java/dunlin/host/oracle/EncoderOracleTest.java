package dunlin.host.oracle;

import static dunlin.host.model.Activation.ATTENTION_NORM;
import static dunlin.host.model.Activation.ATTENTION_RESIDUAL;
import static dunlin.host.model.Activation.EMBEDDING;
import static dunlin.host.model.Activation.FEED_FORWARD_NORM;
import static dunlin.host.model.Activation.FEED_FORWARD_RESIDUAL;
import static dunlin.host.model.Activation.FINAL_NORM;
import static dunlin.host.model.Activation.FRONT_END;
import static dunlin.host.model.Activation.LOGITS;
import static dunlin.host.model.Activation.POOLED;
import static dunlin.host.model.Activation.QUERY;
import static dunlin.host.model.Activation.UP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.host.SmallEncoders;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.model.RandomEncoder;
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
      expected.addAll(EnumSet.range(UP, FEED_FORWARD_RESIDUAL));
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
      expected.addAll(EnumSet.range(UP, FEED_FORWARD_RESIDUAL));
      expected.add(FEED_FORWARD_NORM);
    }
    expected.addAll(List.of(POOLED, LOGITS));
    assertEquals(expected, seen(NormPlacement.POST, Pooling.CLASS_TOKEN));
  }

  /** What the first row of each intermediate shows; all rows have its width, and come in order. */
  private static List<Activation> seen(NormPlacement norm, Pooling pooling) {
    EncoderConfig config = SmallEncoders.config(norm, pooling);
    List<Activation> seen = new ArrayList<>();
    int[] last = {0};
    EncoderOracle oracle =
        new EncoderOracle(
            RandomEncoder.of("small", config, 1),
            (layer, what, position, values) -> {
              assertEquals(width(what, layer, config), values.length, what.name());
              if (position == 0) {
                seen.add(what);
              } else {
                assertEquals(last[0] + 1, position, what.name());
              }
              last[0] = position;
            });
    oracle.forward(SmallEncoders.sine(config));
    return seen;
  }

  private static int width(Activation what, int layer, EncoderConfig config) {
    return switch (what) {
      case FRONT_END -> layer == 0 ? 7 : 5;
      case QUERY, KEY, VALUE, CONTEXT -> 3 * 2;
      case SCORES -> 3 * config.context();
      case UP, HIDDEN -> 11;
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
  }
}

package dunlin.host.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.host.model.Activation;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OracleTest {
  private static final FloatModel MODEL =
      RandomModel.of(new LlamaConfig(12, 7, 2, 4, 2, 6, 9, 5, 1e-5, 10_000), false, 1);

  @Test
  void shouldForgetOnReset() {
    Oracle oracle = new Oracle(MODEL);
    double[] first = oracle.forward(3, 0);
    oracle.forward(4, 1);
    oracle.reset();
    assertArrayEquals(first, oracle.forward(3, 0));
  }

  @Test
  void shouldRefuseAnyButTheNextPosition() {
    Oracle oracle = new Oracle(MODEL);
    assertThrows(IllegalArgumentException.class, () -> oracle.forward(3, 1));
    oracle.forward(3, 0);
    assertThrows(IllegalArgumentException.class, () -> oracle.forward(3, 0));
  }

  @Test
  void shouldShowEveryActivationInOrder() {
    List<Activation> seen = new ArrayList<>();
    List<Integer> layers = new ArrayList<>();
    double[][] last = new double[1][];
    Oracle oracle =
        new Oracle(
            MODEL,
            (layer, what, position, values) -> {
              seen.add(what);
              layers.add(layer);
              last[0] = values;
              assertEquals(width(what), values.length, what.name());
            });
    double[] logits = oracle.forward(3, 0);

    Set<Activation> inLayer =
        EnumSet.range(Activation.ATTENTION_NORM, Activation.FEED_FORWARD_RESIDUAL);
    inLayer.removeAll(
        Set.of(Activation.SCORES, Activation.NARROW, Activation.NARROW_HIDDEN)); // an encoder's
    List<Activation> expected = new ArrayList<>(List.of(Activation.EMBEDDING));
    expected.addAll(inLayer);
    expected.addAll(inLayer);
    expected.addAll(List.of(Activation.FINAL_NORM, Activation.LOGITS));
    assertEquals(expected, seen);
    List<Integer> expectedLayers = new ArrayList<>(List.of(-1));
    expectedLayers.addAll(Collections.nCopies(11, 0));
    expectedLayers.addAll(Collections.nCopies(11, 1));
    expectedLayers.addAll(List.of(-1, -1));
    assertEquals(expectedLayers, layers);
    assertArrayEquals(logits, last[0]);
  }

  private static int width(Activation what) {
    return switch (what) {
      case QUERY, CONTEXT -> 4 * 6;
      case KEY, VALUE -> 2 * 6;
      case GATE, UP, HIDDEN -> 7;
      case LOGITS -> 9;
      default -> 12;
    };
  }
}

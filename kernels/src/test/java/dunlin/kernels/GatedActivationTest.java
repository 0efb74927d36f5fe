package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class GatedActivationTest {
  private static final double WORST_SILU = 7.8e-5;
  private static final double WORST_GELU = 1.16e-4;
  private static final double WORST_TANH = 1.12e-4;

  @Test
  void shouldFollowSiluFromMinusToPlusForty() {
    assertEquals(0, worst(GatedActivationTest::siluDifference), WORST_SILU);
  }

  @Test
  void shouldFollowGeluFromMinusToPlusForty() {
    assertEquals(0, worst(x -> x * normalTail(x)), WORST_GELU);
  }

  /** What {@link Activation} makes of it. */
  @Test
  void shouldFollowTanhFromMinusToPlusForty() {
    assertEquals(0, worst(x -> 1 - Math.tanh(x)), WORST_TANH);
  }

  @Test
  void shouldGateEachElementAndSaturate() {
    Random random = new Random(1);
    byte[] table = Tables.difference(GatedActivationTest::siluDifference);
    int saturated = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      int rows = 1 + random.nextInt(3);
      int width = 1 + random.nextInt(7);
      int fraction = 16 + random.nextInt(13);
      int bits = 2 + random.nextInt(15);
      int shift = 1 + random.nextInt(31);
      int multiplier = random.nextInt() >>> 1;
      int size = 2 + random.nextInt(30);
      int left = random.nextInt(size - 1);
      int[] x = random.ints(2L * rows * width).map(v -> v >> size).toArray();
      int[] block = {width, fraction, multiplier, shift, bits, left};
      int[] hidden = hidden(x, rows, width, block, table, random);
      // What the product loses below its high word, and the activation's error, in result steps.
      double step = Math.scalb((double) multiplier, -32 - shift);
      for (int i = 0; i < hidden.length; i++) {
        int gateAt = i / width * 2 * width + i % width;
        double gate = Math.scalb((double) x[gateAt], -fraction);
        double up = Math.scalb((double) x[gateAt + width], 2 * left - 32) * step;
        double exact =
            Math.scalb(Math.max(gate, 0) - siluDifference(Math.abs(gate)), fraction) * up;
        double worst = 0.5 + step + Math.scalb(WORST_SILU, fraction) * Math.abs(up);
        double bound = 1 << (bits - 1);
        saturated += exact > bound ? 1 : 0;
        assertEquals(Math.max(-bound, Math.min(bound - 1, exact)), hidden[i], worst);
      }
    }
    assertTrue(saturated > 1000, "saturated " + saturated);
  }

  private static int[] hidden(
      int[] x, int rows, int width, int[] block, byte[] table, Random random) {
    Guarded p = Guarded.ofInts(block, random);
    Guarded in = Guarded.ofInts(x, random);
    Guarded out = Guarded.garbage(2 * rows * width, random);
    GatedActivation.rows(p.bytes, p.at, in.bytes, in.at, out.bytes, out.at, table, 0, rows);
    out.assertFenceUntouched();
    return out.shorts();
  }

  /** The worst error of the activation with this difference, over all fraction bits. */
  private static double worst(DoubleUnaryOperator difference) {
    byte[] table = Tables.difference(difference);
    double worst = 0;
    for (int i = 0; i <= 40 << 12; i++) {
      for (int fraction = 16; fraction <= 24; fraction++) {
        int x = Math.min(40 << fraction, (i << (fraction - 12)) + i % (1 << (fraction - 12)));
        double magnitude = Math.scalb((double) x, -fraction);
        double c = difference.applyAsDouble(magnitude);
        double positive =
            Math.scalb((double) GatedActivation.activate(x, fraction, table, 0), -fraction);
        double negative =
            Math.scalb((double) GatedActivation.activate(-x, fraction, table, 0), -fraction);
        worst = Math.max(worst, Math.abs(positive - (magnitude - c)));
        worst = Math.max(worst, Math.abs(negative + c));
      }
    }
    return worst;
  }

  private static double siluDifference(double magnitude) {
    return magnitude / (1 + Math.exp(magnitude));
  }

  /** Φ(-x) for x ≥ 0, by Simpson's rule. */
  private static double normalTail(double x) {
    int steps = 200;
    double h = x / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      int weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
      sum += weight * Math.exp(-h * i * h * i / 2);
    }
    return 0.5 - sum * h / 3 / Math.sqrt(2 * Math.PI);
  }
}

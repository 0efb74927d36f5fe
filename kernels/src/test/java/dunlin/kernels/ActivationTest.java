package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ActivationTest {
  /** What is looked up, for x ≥ 0, and the table's worst error. */
  private enum Function {
    RELU(x -> 0, 0),
    GELU(x -> x * normalTail(x), 1.16e-4),
    GELU_TANH(
        x -> x / (1 + Math.exp(Math.sqrt(8 / Math.PI) * (x + 0.044715 * x * x * x))), 1.17e-4),
    TANH(x -> 1 - Math.tanh(x), 1.12e-4);

    private final DoubleUnaryOperator difference;
    private final double worst;

    Function(DoubleUnaryOperator difference, double worst) {
      this.difference = difference;
      this.worst = worst;
    }

    int form() {
      return this == TANH ? Activation.ODD : Activation.RECTIFIED;
    }

    double of(double x) {
      return this == TANH ? Math.tanh(x) : rectified(x);
    }

    private double rectified(double x) {
      return Math.max(x, 0) - difference.applyAsDouble(Math.abs(x));
    }

    /** Φ(-x), within 1e-9 (Marsaglia 2004), for x below 8. */
    private static double normalTail(double x) {
      double term = x;
      double sum = x;
      for (int i = 3; x < 8 && sum + term != sum; i += 2) {
        term *= x * x / i;
        sum += term;
      }
      return x < 8 ? 0.5 - sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) : 0;
    }
  }

  @Property(tries = 3000)
  void shouldActivateAndSaturateEachChannel(
      @ForAll Function function,
      @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll @IntRange(min = 1, max = 7) int width,
      @ForAll @IntRange(min = -2, max = 28) int fraction,
      @ForAll @IntRange(min = 4, max = 16) int bits,
      @ForAll @IntRange(min = 0, max = 10) int left,
      @ForAll @IntRange(min = 1, max = 6) int right,
      @ForAll @IntRange(min = 10, max = 16) int shift,
      @ForAll Random random) {
    int widening = Math.max(16 - fraction, 0);
    int[] x = random.ints((long) rows * width).map(v -> v >> left + 1 + widening).toArray();
    int multiplier = random.nextInt() >>> 1;
    Guarded p = Guarded.garbage(Activation.BYTES + width * Affine.BYTES, random);
    int table = p.at + Activation.BYTES;
    int[] block = {width, table, left, right, fraction, multiplier, shift, bits, function.form()};
    for (int i = 0; i < block.length; i++) {
      Dsp.store32(p.bytes, p.at + 4 * i, block[i]);
    }
    for (int c = 0; c < width; c++) {
      Dsp.store32(p.bytes, table + 8 * c, random.nextInt() >>> 1);
      Dsp.store32(p.bytes, table + 8 * c + 4, random.nextInt() >> 3 + widening);
    }
    byte[] differences = Tables.difference(function.difference);
    Guarded in = Guarded.ofInts(x, random);
    Guarded out = Guarded.garbage(2 * x.length, random);
    Activation.rows(p.bytes, p.at, in.bytes, in.at, out.bytes, out.at, differences, 0, rows);
    out.assertFenceUntouched();
    double step = Math.scalb((double) multiplier, fraction + widening - 32 - shift);
    double bound = 1 << (bits - 1);
    for (int i = 0; i < x.length; i++) {
      int channel = table + 8 * (i % width);
      double sum = Math.scalb((double) x[i] * Dsp.load32(p.bytes, channel), left - 32);
      double biased = sum + Dsp.load32(p.bytes, channel + 4) - (1 << right - 1);
      double exact = function.of(Math.scalb(biased, -right - fraction)) * step;
      // A unit of the fixed point before, the table's error, and half a step of the result.
      double worst = 0.51 + step * (function.worst + 1.2 * Math.scalb(1.0, -fraction));
      assertEquals(Math.max(-bound, Math.min(bound - 1, exact)), out.shorts()[i], worst);
    }
  }
}

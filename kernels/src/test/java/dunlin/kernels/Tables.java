package dunlin.kernels;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** The kernels' tables, each by the definition in its kernel's Javadoc. */
final class Tables {
  private static final double TURN = 2 * Math.PI;

  private Tables() {}

  static byte[] sine() {
    return halfwords(257, i -> Math.min(32767, 32768 * Math.sin(TURN / 4 * i / 256)));
  }

  static byte[] frequencies(int headSize, double theta) {
    byte[] table = new byte[2 * headSize];
    for (int i = 0; i < headSize / 2; i++) {
      double turns = Math.pow(theta, -2.0 * i / headSize) / TURN;
      Dsp.store32(table, 4 * i, (int) Math.round(Math.scalb(turns, 32)));
    }
    return table;
  }

  static byte[] exponent() {
    return halfwords(1024, i -> 32768 * Math.pow(2, -i / 1024.0));
  }

  /** {@link SelfAttention}'s, for so many positions. */
  static byte[] int16Exponent(int positions) {
    int largest = Math.min(32767, (1 << 24) / positions);
    return halfwords(1024, i -> largest * Math.pow(2, -i / 1024.0));
  }

  static byte[] difference(DoubleUnaryOperator difference) {
    return halfwords(
        513, i -> i == 512 ? 0 : Math.min(65535, 65536 * difference.applyAsDouble(i / 32.0)));
  }

  private static byte[] halfwords(int count, IntToDoubleFunction entry) {
    byte[] table = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      Dsp.store16(table, 2 * i, (int) Math.round(entry.applyAsDouble(i)));
    }
    return table;
  }
}

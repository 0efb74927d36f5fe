package dunlin.host.quantise;

import dunlin.host.model.LlamaConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/**
 * What the kernels look up instead of computing; little-endian. Each kernel's Javadoc defines its
 * table.
 *
 * @param sine {@link dunlin.kernels.Rotary}
 * @param frequencies {@link dunlin.kernels.Rotary}
 * @param exponents {@link dunlin.kernels.Attention}
 * @param differences {@link dunlin.kernels.GatedActivation}, for SiLU
 * @param logarithms {@link dunlin.kernels.Logarithm}
 */
public record Tables(
    byte[] sine, byte[] frequencies, byte[] exponents, byte[] differences, byte[] logarithms) {

  /** The tables of a Llama model. {@link StrictMath} makes them the same on every machine. */
  public static Tables of(LlamaConfig config) {
    return new Tables(
        halfwords(257, i -> Math.min(32767, 32768 * StrictMath.sin(Math.PI / 512 * i))),
        words(config.headSize() / 2, i -> frequency(config, i)),
        exponentTable(32768),
        differenceTable(Tables::siluDifference),
        logarithmTable());
  }

  /** One, in steps, times two to the power of none to less than one below. */
  static byte[] exponentTable(double one) {
    return halfwords(1024, i -> one * StrictMath.pow(2, -i / 1024.0));
  }

  /**
   * What an activation lacks: of max(x, 0), or of the sign.
   *
   * @param difference of x ≥ 0
   */
  static byte[] differenceTable(DoubleUnaryOperator difference) {
    return halfwords(
        513, i -> i == 512 ? 0 : Math.min(65535, 65536 * difference.applyAsDouble(i / 32.0)));
  }

  static byte[] logarithmTable() {
    return words(32, Tables::logarithm);
  }

  /** Turns a position, times 2^32. */
  private static double frequency(LlamaConfig config, int pair) {
    double radians = StrictMath.pow(config.ropeTheta(), -2.0 * pair / config.headSize());
    return 0x1p32 * radians / (2 * Math.PI);
  }

  /** max(x, 0) - silu(x), for x ≥ 0. */
  private static double siluDifference(double x) {
    return x / (1 + StrictMath.exp(x));
  }

  /** Pairs of 2^31 / c and 2^26 · ln c, where c is the centre of a sixteenth of an octave. */
  private static double logarithm(int i) {
    double centre = (33 + 2 * (i >> 1)) / 32.0;
    return (i & 1) == 0 ? 0x1p31 / centre : 0x1p26 * StrictMath.log(centre);
  }

  private static byte[] halfwords(int count, IntToDoubleFunction entry) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putShort((short) Math.round(entry.applyAsDouble(i)));
    }
    return bytes.array();
  }

  private static byte[] words(int count, IntToDoubleFunction entry) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putInt((int) Math.round(entry.applyAsDouble(i)));
    }
    return bytes.array();
  }
}

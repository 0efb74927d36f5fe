package dunlin.kernels;

/**
 * Rotary position embedding (Su et al., 2021) on neighbouring pairs. An angle is a fraction of a
 * turn in 32 bits, so position · frequency wraps exactly and no table depends on the context.
 *
 * <p>Sine table: int16 [257], entry i = min(32767, round(32768 · sin(π/2 · i/256))). Frequency
 * table: uint32 [P/2], entry i = round(2^32 · θ^(-2i/P) / 2π). Worst error of a sine or cosine:
 * 3.2e-5, and 2π · position · 2^-33 from the rounded frequency.
 */
@Unchecked
public final class Rotary {
  private Rotary() {}

  /** Bytes of the angles of {@code rows} positions: a pair of int16 for each pair of a head. */
  public static int angleBytes(int headSize, int rows) {
    return (headSize << 1) * rows;
  }

  /**
   * The cosines and sines of {@code rows} positions from {@code position} on.
   *
   * @param sine the sine table
   * @param frequencies the frequency table
   * @param angles Q15 [rows × P/2 × (cos, sin)], written
   */
  public static void angles(
      byte[] sine,
      int sineAt,
      byte[] frequencies,
      int fAt,
      byte[] angles,
      int aAt,
      int position,
      int rows,
      int headSize) {
    int at = aAt;
    for (int row = 0; row < rows; row++) {
      for (int f = fAt, end = fAt + (headSize << 1); f < end; f += 4) {
        int turn = (position + row) * Dsp.load32(frequencies, f);
        Dsp.store16(angles, at, sine(sine, sineAt, turn + (1 << 30)));
        Dsp.store16(angles, at + 2, sine(sine, sineAt, turn));
        at += 4;
      }
    }
  }

  /** sin(2π · turn / 2^32) in Q15, -32767 to 32767. */
  static int sine(byte[] table, int tableAt, int turn) {
    int angle = turn & 0x7fffffff;
    if (angle > 1 << 30) {
      angle = Integer.MIN_VALUE - angle;
    }
    int index = angle >>> 22;
    int fraction = angle >>> 7 & 0x7fff;
    int low = Dsp.load16(table, tableAt + (index << 1));
    int high = index == 256 ? low : Dsp.load16(table, tableAt + (index << 1) + 2);
    int value = low + ((high - low) * fraction + (1 << 14) >> 15);
    return turn < 0 ? -value : value;
  }

  /**
   * Turns the heads of one row in place; the results are <em>half</em> of the rotated values,
   * within 2 of the exact ones for these angles.
   *
   * @param x int32 [heads × P], |x| &lt; 2^30
   * @param angles Q15 [P/2 × (cos, sin)] of the row's position
   */
  public static void turn(byte[] x, int xAt, byte[] angles, int aAt, int heads, int headSize) {
    int at = xAt;
    for (int head = 0; head < heads; head++) {
      for (int a = aAt, end = aAt + (headSize << 1); a < end; a += 4) {
        int pair = Dsp.load32(angles, a);
        int cos = pair << 16;
        int sin = pair & 0xffff0000;
        int x0 = Dsp.load32(x, at);
        int x1 = Dsp.load32(x, at + 4);
        Dsp.store32(x, at, Dsp.mulHigh(x0, cos) - Dsp.mulHigh(x1, sin));
        Dsp.store32(x, at + 4, Dsp.mulHigh(x0, sin) + Dsp.mulHigh(x1, cos));
        at += 8;
      }
    }
  }
}

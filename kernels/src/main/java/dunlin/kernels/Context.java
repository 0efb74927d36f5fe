package dunlin.kernels;

/**
 * Attention's context of one head for a tile of rows, from weighted sums of values to int8, where
 * the output projection reads it: among the channels of all heads that it takes together.
 */
@Unchecked
final class Context {
  private Context() {}

  /**
   * Writes one head's rows: context = sat8(sum · unit / total).
   *
   * @param m holds all but the unit
   * @param sums int32 [rows × size]
   * @param totals int32 [rows]: the sum of each row's weights, positive
   * @param unit {@link Scale}: output steps of a value's step, below 2^11
   * @param to int8 [rows × width]; expanded ({@link LinearDsp}) for packed weights
   * @param channel of {@code to} where the head begins
   */
  static void write(
      byte[] m,
      int sums,
      int totals,
      int unit,
      boolean expanded,
      int to,
      int width,
      int channel,
      int rows,
      int size) {
    for (int row = 0; row < rows; row++) {
      int total = Dsp.load32(m, totals + (row << 2));
      int scale = Scale.multiply(unit, Scale.reciprocal(Scale.of(total, 0)));
      int from = sums + row * (size << 2);
      if (expanded) {
        int group = LinearDsp.group(to, row, width);
        expanded(m, from, scale, group, LinearDsp.step(row, rows), width, channel, size);
      } else {
        bytes(m, from, scale, to + row * width + channel, size);
      }
    }
  }

  private static void bytes(byte[] m, int from, int scale, int to, int size) {
    int mantissa = Scale.mantissa31(scale);
    int right = right(scale);
    for (int i = 0; i < size; i++) {
      m[to + i] = (byte) int8(m, from + (i << 2), mantissa, right);
    }
  }

  /** Channels c, c + 1, c + 2, c + 3 of a group are its halfwords 0, 2, 1, 3. */
  private static void expanded(
      byte[] m, int from, int scale, int row, int step, int width, int channel, int size) {
    int mantissa = Scale.mantissa31(scale);
    int right = right(scale);
    int at = from;
    int c = channel;
    int end = channel + size;
    int group = row + (c >> 2) * step;
    while (c < end) {
      if ((c & 3) == 0 && end - c > 3) {
        Dsp.store16(m, group, int8(m, at, mantissa, right));
        Dsp.store16(m, group + 4, int8(m, at + 4, mantissa, right));
        Dsp.store16(m, group + 2, int8(m, at + 8, mantissa, right));
        Dsp.store16(m, group + 6, int8(m, at + 12, mantissa, right));
        c += 4;
        at += 16;
        group += step;
      } else {
        Dsp.store16(m, group + halfword(c), int8(m, at, mantissa, right));
        c++;
        at += 4;
        group += (c & 3) == 0 ? step : 0;
      }
    }
    while (end == width && (c & 3) != 0) {
      Dsp.store16(m, group + halfword(c), 0);
      c++;
    }
  }

  private static int halfword(int channel) {
    return ((channel & 1) << 2) + (channel & 2);
  }

  /** |sum| ≤ 127 · total, so that the product fits whatever the scale. */
  private static int int8(byte[] m, int at, int mantissa, int right) {
    int rounded = Dsp.mulHigh(Dsp.load32(m, at), mantissa) + (1 << (right - 1)) >> right;
    return Dsp.saturate(rounded, 8);
  }

  private static int right(int scale) {
    int right = -32 - Scale.exponent31(scale);
    return right < 1 ? 1 : right > 31 ? 31 : right;
  }
}

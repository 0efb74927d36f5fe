package dunlin.kernels;

/**
 * The int32 sums of one head's projection, through its {@link Affine} table, to where {@link
 * SelfAttention} reads them: queries as expanded activations, keys and values as packed weights
 * ({@link LinearDsp}).
 */
@Unchecked
final class Projection {
  /** Queries need not be bytes, so they keep more bits. */
  static final int QUERY_BITS = 12;

  private Projection() {}

  /**
   * Queries: int16 [rows × width], expanded.
   *
   * @param acc int32 [rows × width]
   */
  static void queries(
      byte[] table,
      int tAt,
      int right,
      byte[] acc,
      int accAt,
      byte[] q,
      int qAt,
      int rows,
      int width) {
    int at = accAt;
    for (int row = 0; row < rows; row++) {
      int out = LinearDsp.group(qAt, row, width);
      int step = LinearDsp.step(row, rows);
      int t = tAt;
      int left = width;
      for (; left > 3; left -= 4) {
        int q0 = query(acc, at, table, t, right);
        int q1 = query(acc, at + 4, table, t + 8, right);
        int q2 = query(acc, at + 8, table, t + 16, right);
        int q3 = query(acc, at + 12, table, t + 24, right);
        Dsp.store32(q, out, (q0 & 0xffff) | q2 << 16);
        Dsp.store32(q, out + 4, (q1 & 0xffff) | q3 << 16);
        at += 16;
        t += 4 * Affine.BYTES;
        out += step;
      }
      if (left > 0) {
        int q0 = query(acc, at, table, t, right);
        int q1 = left > 1 ? query(acc, at + 4, table, t + 8, right) : 0;
        int q2 = left > 2 ? query(acc, at + 8, table, t + 16, right) : 0;
        Dsp.store32(q, out, (q0 & 0xffff) | q2 << 16);
        Dsp.store32(q, out + 4, q1 & 0xffff);
        at += left << 2;
      }
    }
  }

  private static int query(byte[] acc, int at, byte[] table, int t, int right) {
    return Dsp.saturate(Affine.apply(Dsp.load32(acc, at), table, t, right), QUERY_BITS);
  }

  /**
   * Keys of the positions from {@code first} on: packed int8 [positions × size].
   *
   * @param acc int32 [rows × size]
   */
  static void keys(
      byte[] table,
      int tAt,
      int right,
      byte[] acc,
      int accAt,
      byte[] k,
      int kAt,
      int first,
      int rows,
      int size) {
    for (int row = 0; row < rows; row++) {
      int out = kAt + LinearDsp.offset(first + row, 0, size);
      int from = accAt + row * (size << 2);
      row(table, tAt, right, acc, from, k, out, size, 1, 16);
    }
  }

  /**
   * Values of the positions from {@code first} on: packed int8 [size × positions].
   *
   * @param acc int32 [rows × size]
   */
  static void values(
      byte[] table,
      int tAt,
      int right,
      byte[] acc,
      int accAt,
      byte[] v,
      int vAt,
      int first,
      int rows,
      int size,
      int positions) {
    int block = LinearDsp.offset(4, 0, positions);
    for (int row = 0; row < rows; row++) {
      int out = vAt + LinearDsp.offset(0, first + row, positions);
      int from = accAt + row * (size << 2);
      row(table, tAt, right, acc, from, v, out, size, 4, block);
    }
  }

  /** Channels in fours: bytes {@code step} apart, the fours {@code block}. */
  private static void row(
      byte[] table,
      int tAt,
      int right,
      byte[] acc,
      int accAt,
      byte[] y,
      int yAt,
      int size,
      int step,
      int block) {
    int at = accAt;
    int t = tAt;
    int out = yAt;
    int left = size;
    for (; left > 3; left -= 4) {
      y[out] = int8(acc, at, table, t, right);
      y[out + step] = int8(acc, at + 4, table, t + 8, right);
      y[out + 2 * step] = int8(acc, at + 8, table, t + 16, right);
      y[out + 3 * step] = int8(acc, at + 12, table, t + 24, right);
      at += 16;
      t += 4 * Affine.BYTES;
      out += block;
    }
    for (; left > 0; left--) {
      y[out] = int8(acc, at, table, t, right);
      at += 4;
      t += Affine.BYTES;
      out += step;
    }
  }

  private static byte int8(byte[] acc, int at, byte[] table, int t, int right) {
    return (byte) Dsp.saturate(Affine.apply(Dsp.load32(acc, at), table, t, right), 8);
  }
}

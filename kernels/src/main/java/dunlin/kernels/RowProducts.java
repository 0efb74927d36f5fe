package dunlin.kernels;

/**
 * Products of queries with keys that are the rows of an int8 matrix as it is: {@link LinearDsp}'s
 * sums, but nobody has packed these weights.
 */
@Unchecked
final class RowProducts {
  private RowProducts() {}

  /**
   * z[r][j] = q[r] · x[j].
   *
   * @param x int8 [keys × width], at a multiple of four
   * @param width a multiple of four
   * @param s expanded queries of {@code rows} rows
   * @param stride bytes from a row of z to the next
   * @param z int32 [rows × keys], written
   */
  static void rows(
      byte[] x,
      int xAt,
      int width,
      byte[] s,
      int sAt,
      byte[] z,
      int zAt,
      int stride,
      int rows,
      int keys) {
    int query = sAt;
    int out = zAt;
    int row = rows;
    for (; row > 1; row -= 2) {
      RowPair.plain(x, xAt, s, query, width >> 2, z, out, stride, keys);
      query += width << 2;
      out += stride << 1;
    }
    if (row > 0) {
      single(x, xAt, width, s, query, z, out, keys);
    }
  }

  /** One query. */
  private static void single(
      byte[] x, int xAt, int width, byte[] s, int sAt, byte[] z, int zAt, int keys) {
    int k = xAt;
    int out = zAt;
    for (int left = keys; left > 0; left--) {
      int sum = 0;
      int q = sAt;
      for (int group = width >> 2; group > 0; group--) {
        int w = Dsp.load32(x, k);
        sum = Dsp.smlad(Dsp.sxtb16(w), Dsp.load32(s, q), sum);
        sum = Dsp.smlad(Dsp.sxtb16ror8(w), Dsp.load32(s, q + 4), sum);
        q += 8;
        k += 4;
      }
      Dsp.store32(z, out, sum);
      out += 4;
    }
  }
}

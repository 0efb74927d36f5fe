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
      pair(x, xAt, width, s, query, z, out, out + stride, keys);
      query += width << 2;
      out += stride << 1;
    }
    if (row > 0) {
      single(x, xAt, width, s, query, z, out, keys);
    }
  }

  /** Two queries and two keys at a time. */
  private static void pair(
      byte[] x, int xAt, int width, byte[] s, int sAt, byte[] z, int zAt, int nextAt, int keys) {
    int key = xAt;
    int out = zAt;
    int next = nextAt;
    for (int left = keys; left > 0; left -= 2) {
      int other = left > 1 ? key + width : key;
      int a00 = 0;
      int a01 = 0;
      int a10 = 0;
      int a11 = 0;
      int q = sAt;
      int k0 = key;
      int k1 = other;
      for (int group = width >> 2; group > 0; group--) {
        long q0 = Dsp.load64(s, q);
        long q1 = Dsp.load64(s, q + 8);
        int w = Dsp.load32(x, k0);
        int even = Dsp.sxtb16(w);
        int odd = Dsp.sxtb16ror8(w);
        a00 = Dsp.smlad(odd, (int) (q0 >> 32), Dsp.smlad(even, (int) q0, a00));
        a10 = Dsp.smlad(odd, (int) (q1 >> 32), Dsp.smlad(even, (int) q1, a10));
        w = Dsp.load32(x, k1);
        even = Dsp.sxtb16(w);
        odd = Dsp.sxtb16ror8(w);
        a01 = Dsp.smlad(odd, (int) (q0 >> 32), Dsp.smlad(even, (int) q0, a01));
        a11 = Dsp.smlad(odd, (int) (q1 >> 32), Dsp.smlad(even, (int) q1, a11));
        q += 16;
        k0 += 4;
        k1 += 4;
      }
      Dsp.store32(z, out, a00);
      Dsp.store32(z, next, a10);
      if (left > 1) {
        Dsp.store32(z, out + 4, a01);
        Dsp.store32(z, next + 4, a11);
      }
      key += width << 1;
      out += 8;
      next += 8;
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

package dunlin.kernels;

/**
 * Linear layer for cores with the DSP extension: weights packed by the host, activations expanded
 * once to pairs of int16, four columns by SXTB16 and SMLAD at a time. Same sums as {@link
 * LinearPlain}.
 *
 * <p>Packed weights: output channels in blocks of four, input channels in groups of four, both
 * padded with zeros; the words of a block's four channels lie side by side:
 *
 * <pre>
 *           group 0                     group 1
 * block 0   w[0][0..3] … w[3][0..3]     w[0][4..7] … w[3][4..7]     …
 * block 1   w[4][0..3] … w[7][0..3]     w[4][4..7] … w[7][4..7]     …
 * </pre>
 *
 * Expanded activations: for each group of four, the words [x0, x2] and [x1, x3] (low halfword
 * first), as SXTB16 leaves the weights. Rows go in pairs whose groups alternate; the last of an odd
 * number of rows goes alone:
 *
 * <pre>
 * rows 0, 1   group 0 of row 0, group 0 of row 1, group 1 of row 0, group 1 of row 1, …
 * row 2       group 0, group 1, …
 * </pre>
 */
@Unchecked
public final class LinearDsp {
  private LinearDsp() {}

  /** Bytes of packed weights for {@code outputs} × {@code inputs}. */
  public static int weightBytes(int inputs, int outputs) {
    return padded(inputs) * padded(outputs);
  }

  /** Bytes of scratch for the expanded activations of {@code rows} rows. */
  public static int scratchBytes(int inputs, int rows) {
    return (padded(inputs) << 1) * rows;
  }

  /** Offset of weight (output, input) in the packed block. */
  public static int offset(int output, int input, int inputs) {
    int block = (output >> 2) * (padded(inputs) << 2);
    return block + ((input >> 2) << 4) + ((output & 3) << 2) + (input & 3);
  }

  /**
   * The next multiple of four.
   *
   * @param n 0 or more
   */
  public static int padded(int n) {
    return (n + 3) & ~3;
  }

  /** Where the first group of an expanded row lies. */
  static int group(int sAt, int row, int inputs) {
    return sAt + (row & ~1) * (padded(inputs) << 1) + ((row & 1) << 3);
  }

  /** Bytes from one group of a row to its next. */
  static int step(int row, int rows) {
    return (row | 1) < rows ? 16 : 8;
  }

  /** Expands int8 or, where {@code wide}, int16 rows. */
  public static void expand(
      boolean wide, byte[] x, int xAt, int stride, byte[] s, int sAt, int rows, int inputs) {
    if (wide) {
      expandInt16(x, xAt, stride, s, sAt, rows, inputs);
    } else {
      expandInt8(x, xAt, stride, s, sAt, rows, inputs);
    }
  }

  /** Expands int8 [rows × inputs], rows {@code stride} bytes apart, to {@code scratch}. */
  static void expandInt8(byte[] x, int xAt, int stride, byte[] s, int sAt, int rows, int inputs) {
    for (int row = 0; row < rows; row++) {
      int out = group(sAt, row, inputs);
      int step = step(row, rows);
      int in = xAt + row * stride;
      int end = in + inputs;
      if ((in & 3) == 0) {
        for (; in + 4 <= end; in += 4) {
          int v = Dsp.load32(x, in);
          Dsp.store32(s, out, Dsp.sxtb16(v));
          Dsp.store32(s, out + 4, Dsp.sxtb16ror8(v));
          out += step;
        }
      }
      for (; in < end; in += 4) {
        int v1 = in + 1 < end ? x[in + 1] : 0;
        int v2 = in + 2 < end ? x[in + 2] : 0;
        int v3 = in + 3 < end ? x[in + 3] : 0;
        Dsp.store32(s, out, (x[in] & 0xffff) | v2 << 16);
        Dsp.store32(s, out + 4, (v1 & 0xffff) | v3 << 16);
        out += step;
      }
    }
  }

  /** Expands int16 [rows × inputs], rows {@code stride} bytes apart, to {@code scratch}. */
  static void expandInt16(byte[] x, int xAt, int stride, byte[] s, int sAt, int rows, int inputs) {
    for (int row = 0; row < rows; row++) {
      int out = group(sAt, row, inputs);
      int step = step(row, rows);
      int in = xAt + row * stride;
      int end = in + (inputs << 1);
      while (in < end) {
        int v1 = in + 2 < end ? Dsp.load16(x, in + 2) : 0;
        int v2 = in + 4 < end ? Dsp.load16(x, in + 4) : 0;
        int v3 = in + 6 < end ? Dsp.load16(x, in + 6) : 0;
        Dsp.store32(s, out, Dsp.loadU16(x, in) | v2 << 16);
        Dsp.store32(s, out + 4, (v1 & 0xffff) | v3 << 16);
        in += 8;
        out += step;
      }
    }
  }

  /**
   * The sums, from expanded activations.
   *
   * @param w packed int8 weights
   * @param s expanded activations of {@code rows} rows
   * @param bias int32 [outputs], or null
   * @param y int32 [rows × outputs], written
   */
  public static void rows(
      byte[] w,
      int wAt,
      byte[] s,
      int sAt,
      byte[] bias,
      int biasAt,
      byte[] y,
      int yAt,
      int rows,
      int inputs,
      int outputs) {
    products(w, wAt, padded(inputs) << 2, s, sAt, inputs, y, yAt, rows, outputs);
    Sums.addBias(bias, biasAt, y, yAt, rows, outputs);
  }

  /**
   * The sums without a bias, from the first {@code inputs} of weights that may have more.
   *
   * @param blockBytes bytes of four output channels' weights
   */
  static void products(
      byte[] w,
      int wAt,
      int blockBytes,
      byte[] s,
      int sAt,
      int inputs,
      byte[] y,
      int yAt,
      int rows,
      int outputs) {
    int groups = inputs + 3 >> 2;
    if (groups == 0) {
      Sums.start(null, 0, y, yAt, rows, outputs);
      return;
    }
    int x = sAt;
    int out = yAt;
    int rowBytes = outputs << 2;
    int row = rows;
    for (; row > 1; row -= 2) {
      RowPair.packed(w, wAt, blockBytes, s, x, groups, y, out, rowBytes, outputs);
      x += groups << 4;
      out += rowBytes << 1;
    }
    if (row > 0) {
      single(w, wAt, blockBytes, s, x, groups, y, out, outputs);
    }
  }

  /** One row; four output channels share each activation that is loaded. */
  private static void single(
      byte[] w,
      int wAt,
      int blockBytes,
      byte[] s,
      int sAt,
      int groups,
      byte[] y,
      int yAt,
      int outputs) {
    int block = wAt;
    int out = yAt;
    for (int left = outputs; left > 0; left -= 4) {
      int a0 = 0;
      int a1 = 0;
      int a2 = 0;
      int a3 = 0;
      int x = sAt;
      int wp = block;
      for (int group = groups; group > 0; group--) {
        long pair = Dsp.load64(s, x);
        int even = (int) pair;
        int odd = (int) (pair >> 32);
        long q = Dsp.load64(w, wp);
        a0 = Dsp.smlad(Dsp.sxtb16ror8((int) q), odd, Dsp.smlad(Dsp.sxtb16((int) q), even, a0));
        int q1 = (int) (q >> 32);
        a1 = Dsp.smlad(Dsp.sxtb16ror8(q1), odd, Dsp.smlad(Dsp.sxtb16(q1), even, a1));
        q = Dsp.load64(w, wp + 8);
        a2 = Dsp.smlad(Dsp.sxtb16ror8((int) q), odd, Dsp.smlad(Dsp.sxtb16((int) q), even, a2));
        int q3 = (int) (q >> 32);
        a3 = Dsp.smlad(Dsp.sxtb16ror8(q3), odd, Dsp.smlad(Dsp.sxtb16(q3), even, a3));
        x += 8;
        wp += 16;
      }
      if (left > 3) {
        Dsp.store32(y, out + 12, a3);
      }
      if (left > 2) {
        Dsp.store32(y, out + 8, a2);
      }
      if (left > 1) {
        Dsp.store32(y, out + 4, a1);
      }
      Dsp.store32(y, out, a0);
      block += blockBytes;
      out += 16;
    }
  }
}

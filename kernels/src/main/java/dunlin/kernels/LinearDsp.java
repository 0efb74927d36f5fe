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
 * first), as SXTB16 leaves the weights.
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

  /** Expands int8 [rows × inputs] to {@code scratch}. */
  public static void expandInt8(byte[] x, int xAt, byte[] s, int sAt, int rows, int inputs) {
    int out = sAt;
    for (int row = 0; row < rows; row++) {
      int in = xAt + row * inputs;
      int end = in + inputs;
      if ((in & 3) == 0) {
        for (; in + 4 <= end; in += 4) {
          int v = Dsp.load32(x, in);
          Dsp.store32(s, out, Dsp.sxtb16(v));
          Dsp.store32(s, out + 4, Dsp.sxtb16ror8(v));
          out += 8;
        }
      }
      for (; in < end; in += 4) {
        int v1 = in + 1 < end ? x[in + 1] : 0;
        int v2 = in + 2 < end ? x[in + 2] : 0;
        int v3 = in + 3 < end ? x[in + 3] : 0;
        Dsp.store32(s, out, (x[in] & 0xffff) | v2 << 16);
        Dsp.store32(s, out + 4, (v1 & 0xffff) | v3 << 16);
        out += 8;
      }
    }
  }

  /** Expands int16 [rows × inputs] to {@code scratch}. */
  public static void expandInt16(byte[] x, int xAt, byte[] s, int sAt, int rows, int inputs) {
    int out = sAt;
    for (int row = 0; row < rows; row++) {
      int in = xAt + row * (inputs << 1);
      int end = in + (inputs << 1);
      while (in < end) {
        int v1 = in + 2 < end ? Dsp.load16(x, in + 2) : 0;
        int v2 = in + 4 < end ? Dsp.load16(x, in + 4) : 0;
        int v3 = in + 6 < end ? Dsp.load16(x, in + 6) : 0;
        Dsp.store32(s, out, Dsp.loadU16(x, in) | v2 << 16);
        Dsp.store32(s, out + 4, (v1 & 0xffff) | v3 << 16);
        in += 8;
        out += 8;
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
    Sums.start(bias, biasAt, y, yAt, rows, outputs);
    int rowBytes = padded(inputs) << 1;
    int wp = wAt;
    for (int n = 0; n < outputs; n += 4) {
      int left = outputs - n;
      int out = yAt + (n << 2);
      int row = 0;
      for (; row + 2 <= rows; row += 2) {
        int x = sAt + row * rowBytes;
        int at = out + row * (outputs << 2);
        twoByTwo(w, wp, s, x, rowBytes, y, at, at + (outputs << 2), left);
        twoByTwo(w, wp + 8, s, x, rowBytes, y, at + 8, at + 8 + (outputs << 2), left - 2);
      }
      if (row < rows) {
        four(w, wp, s, sAt + row * rowBytes, rowBytes, y, out + row * (outputs << 2), left);
      }
      wp += rowBytes << 1;
    }
  }

  /**
   * One row of activations, four output channels.
   *
   * @param left channels that are there; the rest pads the block, and is computed and dropped
   */
  private static void four(
      byte[] w, int wAt, byte[] s, int sAt, int rowBytes, byte[] y, int yAt, int left) {
    int a0 = 0;
    int a1 = 0;
    int a2 = 0;
    int a3 = 0;
    int wp = wAt;
    for (int x = sAt, end = sAt + rowBytes; x < end; x += 8) {
      int even = Dsp.load32(s, x);
      int odd = Dsp.load32(s, x + 4);
      int q = Dsp.load32(w, wp);
      a0 = Dsp.smlad(Dsp.sxtb16ror8(q), odd, Dsp.smlad(Dsp.sxtb16(q), even, a0));
      q = Dsp.load32(w, wp + 4);
      a1 = Dsp.smlad(Dsp.sxtb16ror8(q), odd, Dsp.smlad(Dsp.sxtb16(q), even, a1));
      q = Dsp.load32(w, wp + 8);
      a2 = Dsp.smlad(Dsp.sxtb16ror8(q), odd, Dsp.smlad(Dsp.sxtb16(q), even, a2));
      q = Dsp.load32(w, wp + 12);
      a3 = Dsp.smlad(Dsp.sxtb16ror8(q), odd, Dsp.smlad(Dsp.sxtb16(q), even, a3));
      wp += 16;
    }
    if (left >= 4) {
      Sums.add(y, yAt, a0, a1, a2, a3);
      return;
    }
    Sums.add(y, yAt, a0);
    if (left > 1) {
      Sums.add(y, yAt + 4, a1);
    }
    if (left > 2) {
      Sums.add(y, yAt + 8, a2);
    }
  }

  /** Two rows of activations, two output channels: each operand is loaded once for two products. */
  private static void twoByTwo(
      byte[] w, int wAt, byte[] s, int sAt, int rowBytes, byte[] y, int y0, int y1, int left) {
    if (left <= 0) {
      return;
    }
    int a00 = 0;
    int a01 = 0;
    int a10 = 0;
    int a11 = 0;
    int wp = wAt;
    for (int x = sAt, end = sAt + rowBytes; x < end; x += 8) {
      int even0 = Dsp.load32(s, x);
      int odd0 = Dsp.load32(s, x + 4);
      int even1 = Dsp.load32(s, x + rowBytes);
      int odd1 = Dsp.load32(s, x + rowBytes + 4);
      int q = Dsp.load32(w, wp);
      int even = Dsp.sxtb16(q);
      int odd = Dsp.sxtb16ror8(q);
      a00 = Dsp.smlad(odd, odd0, Dsp.smlad(even, even0, a00));
      a10 = Dsp.smlad(odd, odd1, Dsp.smlad(even, even1, a10));
      q = Dsp.load32(w, wp + 4);
      even = Dsp.sxtb16(q);
      odd = Dsp.sxtb16ror8(q);
      a01 = Dsp.smlad(odd, odd0, Dsp.smlad(even, even0, a01));
      a11 = Dsp.smlad(odd, odd1, Dsp.smlad(even, even1, a11));
      wp += 16;
    }
    Sums.add(y, y0, a00);
    Sums.add(y, y1, a10);
    if (left > 1) {
      Sums.add(y, y0 + 4, a01);
      Sums.add(y, y1 + 4, a11);
    }
  }
}

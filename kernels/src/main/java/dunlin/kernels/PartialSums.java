package dunlin.kernels;

/**
 * Partial sums as they travel: int32, or the lower three bytes of those that fit, little-endian,
 * one behind the other.
 */
@Unchecked
public final class PartialSums {
  private PartialSums() {}

  /**
   * Adds {@code count} sums of {@code width} bytes to words.
   *
   * @param in where the sums begin, {@code at}, is a multiple of four
   * @param width 3 or 4
   * @param to the words' place, a multiple of four
   */
  public static void add(byte[] in, int at, int width, byte[] words, int to, int count) {
    if (width == 4) {
      for (int i = 0; i < count << 2; i += 4) {
        accumulate(words, to + i, Dsp.load32(in, at + i));
      }
      return;
    }
    int from = at;
    int word = to;
    for (int end = to + (count & -4) * 4; word < end; word += 16) {
      int a = Dsp.load32(in, from);
      int b = Dsp.load32(in, from + 4);
      int c = Dsp.load32(in, from + 8);
      accumulate(words, word, a << 8 >> 8);
      accumulate(words, word + 4, b << 16 >> 8 | a >>> 24);
      accumulate(words, word + 8, c << 24 >> 8 | b >>> 16);
      accumulate(words, word + 12, c >> 8);
      from += 12;
    }
    for (int end = to + count * 4; word < end; word += 4) {
      accumulate(words, word, Dsp.loadU16(in, from) | in[from + 2] << 16);
      from += 3;
    }
  }

  private static void accumulate(byte[] words, int at, int value) {
    Dsp.store32(words, at, Dsp.load32(words, at) + value);
  }

  /**
   * Writes {@code count} words as sums of {@code width} bytes.
   *
   * @param at the words' place, a multiple of four
   * @param width 3, where the words fit in that, or 4
   * @param to where the sums begin, a multiple of four
   */
  public static void pack(byte[] words, int at, byte[] out, int to, int width, int count) {
    if (width == 4) {
      Copy.bytes(words, at, out, to, count << 2);
      return;
    }
    int word = at;
    int into = to;
    for (int end = at + (count & -4) * 4; word < end; word += 16) {
      int a = Dsp.load32(words, word);
      int b = Dsp.load32(words, word + 4);
      int c = Dsp.load32(words, word + 8);
      int d = Dsp.load32(words, word + 12);
      Dsp.store32(out, into, a & 0xffffff | b << 24);
      Dsp.store32(out, into + 4, b >>> 8 & 0xffff | c << 16);
      Dsp.store32(out, into + 8, c >>> 16 & 0xff | d << 8);
      into += 12;
    }
    for (int end = at + count * 4; word < end; word += 4) {
      int value = Dsp.load32(words, word);
      Dsp.store16(out, into, value);
      out[into + 2] = (byte) (value >> 16);
      into += 3;
    }
  }
}

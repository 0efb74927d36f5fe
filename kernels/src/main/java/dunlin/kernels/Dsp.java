package dunlin.kernels;

/**
 * The only primitive layer of the kernels: loads and stores of a few bytes at once, and the
 * instructions of the Armv7E-M DSP extension, each under its own name.
 *
 * <p>On the desktop these bodies run as they stand. The build for a board shadows this class with
 * one whose methods are single instructions (Armv7-M Architecture Reference Manual, A7.7), so a
 * kernel gives the same bits on both. All loads and stores are little-endian. Words lie at
 * multiples of four from the start of the array, because compilers join neighbouring LDRs into LDRD
 * and LDM, which fault elsewhere; halfwords lie anywhere. Offsets that are out of range, or of a
 * word and unaligned, throw on the desktop.
 */
public final class Dsp {
  private Dsp() {}

  /** LDR: four bytes as a signed word. */
  public static int load32(byte[] m, int offset) {
    int at = aligned(offset);
    return (m[at] & 0xff) | (m[at + 1] & 0xff) << 8 | (m[at + 2] & 0xff) << 16 | m[at + 3] << 24;
  }

  /** LDRD: two words, the first one in the low half. */
  public static long load64(byte[] m, int offset) {
    return (load32(m, offset) & 0xffffffffL) | (long) load32(m, offset + 4) << 32;
  }

  /** LDRSH: two bytes, sign-extended. */
  public static int load16(byte[] m, int at) {
    return (m[at] & 0xff) | m[at + 1] << 8;
  }

  /** LDRH: two bytes, zero-extended. */
  public static int loadU16(byte[] m, int at) {
    return (m[at] & 0xff) | (m[at + 1] & 0xff) << 8;
  }

  /** STR. */
  public static void store32(byte[] m, int offset, int v) {
    int at = aligned(offset);
    m[at] = (byte) v;
    m[at + 1] = (byte) (v >> 8);
    m[at + 2] = (byte) (v >> 16);
    m[at + 3] = (byte) (v >> 24);
  }

  /** The offset of a word, or one that no array has. */
  private static int aligned(int offset) {
    return (offset & 3) == 0 ? offset : Integer.MIN_VALUE;
  }

  /** STRH: the low two bytes of {@code v}. */
  public static void store16(byte[] m, int at, int v) {
    m[at] = (byte) v;
    m[at + 1] = (byte) (v >> 8);
  }

  /** SXTB16: bytes 0 and 2, sign-extended to the low and high halfword. */
  public static int sxtb16(int v) {
    return (((byte) v) & 0xffff) | (byte) (v >> 16) << 16;
  }

  /** SXTB16 with ROR #8: bytes 1 and 3, sign-extended to the low and high halfword. */
  public static int sxtb16ror8(int v) {
    return (((byte) (v >> 8)) & 0xffff) | v >> 24 << 16;
  }

  /** SMLAD: the products of both pairs of signed halfwords, added to {@code sum}; wraps. */
  public static int smlad(int a, int b, int sum) {
    return sum + (short) a * (short) b + (a >> 16) * (b >> 16);
  }

  /** SMMUL: the high word of the signed 64-bit product, rounded towards minus infinity. */
  public static int mulHigh(int a, int b) {
    return (int) ((long) a * b >> 32);
  }

  /** QADD: the sum, saturated to int32. */
  public static int addSaturating(int a, int b) {
    int sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    return sum;
  }

  /** SSAT: {@code v} clamped to a signed number of {@code bits} bits, 1 to 32. */
  public static int saturate(int v, int bits) {
    int max = Integer.MAX_VALUE >> (32 - bits);
    return v > max ? max : v < ~max ? ~max : v;
  }

  /** USAT: {@code v} clamped to an unsigned number of {@code bits} bits, 1 to 31. */
  public static int saturateUnsigned(int v, int bits) {
    int max = (1 << bits) - 1;
    return v < 0 ? 0 : v > max ? max : v;
  }

  /** CLZ: the number of leading zero bits; 32 for 0. */
  public static int leadingZeros(int v) {
    return Integer.numberOfLeadingZeros(v);
  }
}

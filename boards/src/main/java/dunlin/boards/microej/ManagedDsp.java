package dunlin.boards.microej;

/**
 * {@link dunlin.kernels.Dsp} for managed code, whose place it takes: what the firmware needs of it
 * beside its kernels. Words of an array are put together from its bytes. An empty array stands for
 * the {@link ImageInFlash}.
 */
public final class ManagedDsp {
  private ManagedDsp() {}

  /** Four bytes as a signed word. */
  public static int load32(byte[] m, int at) {
    return m.length == 0
        ? ImageInFlash.word(at)
        : (m[at] & 0xff) | (m[at + 1] & 0xff) << 8 | (m[at + 2] & 0xff) << 16 | m[at + 3] << 24;
  }

  /** Two bytes, zero-extended; of the image, those of one word. */
  public static int loadU16(byte[] m, int at) {
    return m.length == 0
        ? ImageInFlash.word(at & ~3) >>> ((at & 3) << 3) & 0xffff
        : (m[at] & 0xff) | (m[at + 1] & 0xff) << 8;
  }

  /** Stores a word. */
  public static void store32(byte[] m, int at, int v) {
    m[at] = (byte) v;
    m[at + 1] = (byte) (v >> 8);
    m[at + 2] = (byte) (v >> 16);
    m[at + 3] = (byte) (v >> 24);
  }

  /** Stores the low two bytes of {@code v}. */
  public static void store16(byte[] m, int at, int v) {
    m[at] = (byte) v;
    m[at + 1] = (byte) (v >> 8);
  }
}

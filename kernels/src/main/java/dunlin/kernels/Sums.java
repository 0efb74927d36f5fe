package dunlin.kernels;

/** The int32 results of a linear layer. */
@Unchecked
public final class Sums {
  private Sums() {}

  /** Sets rows × outputs sums to the bias, or to 0 where {@code bias} is null. */
  static void start(byte[] bias, int biasAt, byte[] y, int yAt, int rows, int outputs) {
    int at = yAt;
    for (int row = 0; row < rows; row++) {
      for (int n = 0; n < outputs; n++) {
        Dsp.store32(y, at, bias == null ? 0 : Dsp.load32(bias, biasAt + (n << 2)));
        at += 4;
      }
    }
  }

  /** Adds to one sum. */
  static void add(byte[] y, int at, int a) {
    Dsp.store32(y, at, Dsp.load32(y, at) + a);
  }

  /** Adds to four neighbours. */
  static void add(byte[] y, int at, int a0, int a1, int a2, int a3) {
    add(y, at, a0);
    add(y, at + 4, a1);
    add(y, at + 8, a2);
    add(y, at + 12, a3);
  }

  /** Adds the bias of each channel, or nothing where {@code bias} is null. */
  public static void addBias(byte[] bias, int biasAt, byte[] y, int yAt, int rows, int outputs) {
    int at = yAt;
    for (int row = bias == null ? 0 : rows; row > 0; row--) {
      for (int n = 0; n < outputs; n++) {
        add(y, at, Dsp.load32(bias, biasAt + (n << 2)));
        at += 4;
      }
    }
  }
}

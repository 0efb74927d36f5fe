package dunlin.host.quantise;

import dunlin.boards.Refusal;
import dunlin.host.quantise.QuantisedEncoder.Affine;

/** Factors and biases as {@link dunlin.kernels.Affine} takes them. */
final class Affines {
  private static final int MOST_RIGHT = 31;
  private static final double WORD = 0x1p31;

  /** Products and addends stay below this, so that no sum overflows. */
  private static final double TERM = 0x1p30;

  private Affines() {}

  /**
   * y = x · factor + bias for each channel, as exactly as can be.
   *
   * @param what for messages
   * @param factors steps of y for a step of x
   * @param biases in steps of y
   */
  static Affine of(String what, double[] factors, double[] biases) {
    int right = MOST_RIGHT;
    while (right > 0 && !fits(factors, biases, right)) {
      right--;
    }
    if (right == 0) {
      throw new Refusal(
          what + ": values are too small for its inputs' steps", "check the checkpoint's weights");
    }
    int[] multipliers = new int[factors.length];
    int[] addends = new int[factors.length];
    for (int i = 0; i < factors.length; i++) {
      multipliers[i] = (int) Math.rint(Math.scalb(factors[i], 32 + right));
      addends[i] = (int) Math.rint(Math.scalb(biases[i], right)) + (1 << (right - 1));
    }
    return new Affine(multipliers, addends, right);
  }

  private static boolean fits(double[] factors, double[] biases, int right) {
    for (int i = 0; i < factors.length; i++) {
      double half = Math.scalb(1.0, right - 1);
      if (Math.scalb(Math.abs(factors[i]), 32 + right) > WORD - 1
          || Math.scalb(Math.abs(biases[i]), right) + half >= TERM) {
        return false;
      }
    }
    return true;
  }
}

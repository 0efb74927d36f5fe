package dunlin.kernels;

/** {@link Scale}s of tests. */
final class Scales {
  private Scales() {}

  /** The scale of a positive value. */
  static int of(double value) {
    int exponent = Math.getExponent(value) - 55;
    return Scale.of((long) Math.scalb(value, -exponent), exponent);
  }
}

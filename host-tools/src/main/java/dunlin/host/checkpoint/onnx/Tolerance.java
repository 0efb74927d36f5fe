package dunlin.host.checkpoint.onnx;

/** How far a number may be from what it is taken for: graphs hold floats, at times of floats. */
final class Tolerance {
  private static final double RELATIVE = 1e-5;
  private static final double LEAST = 1e-12;

  private Tolerance() {}

  static boolean near(double actual, double expected) {
    return actual == expected
        || Math.abs(actual - expected) <= RELATIVE * Math.abs(expected) + LEAST;
  }
}

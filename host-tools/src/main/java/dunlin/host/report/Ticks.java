package dunlin.host.report;

/** Where a scale from 0 has its marks. */
final class Ticks {
  private static final double ROUNDING = 1e-9;

  private Ticks() {}

  /**
   * The distance of marks: 1, 2 or 5 times a power of ten.
   *
   * @param most that the scale must hold; positive
   * @param marks about how many there should be, and no more
   */
  static double step(double most, int marks) {
    double wanted = most / marks;
    double power = Math.pow(10, Math.floor(Math.log10(wanted)));
    double leading = wanted / power - ROUNDING;
    return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
  }

  /** The first mark at or above {@code most}. */
  static double end(double most, double step) {
    return step * Math.ceil(most / step - ROUNDING);
  }
}

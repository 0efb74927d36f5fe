package dunlin.host.compile;

import dunlin.kernels.Scale;

/** A {@link Scale} as a number for people. */
public final class Scales {
  private Scales() {}

  /** Its value. */
  public static double value(int scale) {
    return Math.scalb((double) Scale.mantissa31(scale), Scale.exponent31(scale));
  }
}

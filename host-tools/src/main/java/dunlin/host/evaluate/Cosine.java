package dunlin.host.evaluate;

import java.util.Arrays;

/** How alike two vectors are, whatever their lengths: 1 where they point the same way. */
public final class Cosine {
  private Cosine() {}

  /** Of the angle between {@code a} and {@code b}, of as many elements; neither is 0. */
  public static double of(double[] a, double[] b) {
    double cross = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      cross += a[i] * b[i];
      squaresA += a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    return cross / Math.sqrt(squaresA * squaresB);
  }

  /** The same of logits in integers, whatever a step of them is worth. */
  public static double of(double[] a, int[] b) {
    return of(a, Arrays.stream(b).asDoubleStream().toArray());
  }
}

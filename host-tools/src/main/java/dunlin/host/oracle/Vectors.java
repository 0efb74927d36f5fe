package dunlin.host.oracle;

import dunlin.host.model.Matrix;

/** Linear algebra in double precision, term by term and in order. */
final class Vectors {
  private Vectors() {}

  /** W·x: rows × columns by columns. */
  static double[] multiply(Matrix w, double[] x) {
    double[] y = new double[w.rows()];
    for (int row = 0; row < y.length; row++) {
      double sum = 0;
      for (int column = 0; column < x.length; column++) {
        sum += w.at(row, column) * x[column];
      }
      y[row] = sum;
    }
    return y;
  }

  static double[] row(Matrix w, int row) {
    double[] x = new double[w.columns()];
    for (int column = 0; column < x.length; column++) {
      x[column] = w.at(row, column);
    }
    return x;
  }

  /** Adds to {@code x}, in place. */
  static void add(double[] x, double[] delta) {
    for (int i = 0; i < x.length; i++) {
      x[i] += delta[i];
    }
  }

  /** In place. */
  static void softmax(double[] x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      x[i] = StrictMath.exp(x[i] - max);
      sum += x[i];
    }
    for (int i = 0; i < x.length; i++) {
      x[i] /= sum;
    }
  }
}

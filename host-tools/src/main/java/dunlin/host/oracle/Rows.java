package dunlin.host.oracle;

import static dunlin.host.oracle.Vectors.add;
import static dunlin.host.oracle.Vectors.multiply;
import static dunlin.host.oracle.Vectors.row;

import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel.Linear;
import dunlin.host.model.EncoderModel.Norm;
import dunlin.host.model.Nonlinearity;
import dunlin.host.oracle.Oracle.Observer;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** What an encoder does to each row of a sequence by itself. Arguments are left as they are. */
final class Rows {
  private Rows() {}

  /** W·x + b. */
  static double[][] linear(Linear linear, double[][] x) {
    return each(
        x,
        row -> {
          double[] y = multiply(linear.weight(), row);
          add(y, row(linear.bias(), 0));
          return y;
        });
  }

  static double[][] activate(Nonlinearity activation, double[][] x) {
    return each(x, row -> Arrays.stream(row).map(activation::at).toArray());
  }

  static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][];
    for (int s = 0; s < sum.length; s++) {
      sum[s] = a[s].clone();
      add(sum[s], b[s]);
    }
    return sum;
  }

  /** LayerNorm, or NoNorm where blocks have bottlenecks. */
  static double[][] norm(EncoderConfig config, Norm norm, double[][] x) {
    return each(
        x,
        row ->
            scaled(
                norm, config.bottleneck().isPresent() ? row : standard(row, config.normEpsilon())));
  }

  /** (x − mean) / √(variance + ε). */
  private static double[] standard(double[] x, double epsilon) {
    double mean = Arrays.stream(x).sum() / x.length;
    double squares = Arrays.stream(x).map(value -> (value - mean) * (value - mean)).sum();
    double scale = 1 / Math.sqrt(squares / x.length + epsilon);
    return Arrays.stream(x).map(value -> (value - mean) * scale).toArray();
  }

  /** x · gain + bias. */
  private static double[] scaled(Norm norm, double[] x) {
    double[] y = new double[x.length];
    Arrays.setAll(y, i -> x[i] * norm.gain().values()[i] + norm.bias().values()[i]);
    return y;
  }

  static void show(Observer observer, int layer, Activation what, double[][] rows) {
    for (int position = 0; position < rows.length; position++) {
      observer.observe(layer, what, position, rows[position]);
    }
  }

  private static double[][] each(double[][] x, UnaryOperator<double[]> f) {
    return Arrays.stream(x).map(f).toArray(double[][]::new);
  }
}

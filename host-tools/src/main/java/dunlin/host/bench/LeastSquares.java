package dunlin.host.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Factors that are not negative, with the least squares of relative errors. What would be negative
 * is left out, the worst first, and the rest is fitted again. Quantities that always come together
 * share what they take.
 */
final class LeastSquares {
  private final RealMatrix counts;
  private final double[] scale;
  private final RealVector target;

  /**
   * A system of equations.
   *
   * @param counts of each quantity, by sample; every quantity has one that is not 0
   * @param sought what the quantities took, by sample
   * @param whole what the samples took in all, above 0: errors are relative to that
   */
  LeastSquares(double[][] counts, double[] sought, double[] whole) {
    this.counts = new Array2DRowRealMatrix(counts);
    for (int row = 0; row < whole.length; row++) {
      this.counts.setRowVector(row, this.counts.getRowVector(row).mapDivide(whole[row]));
    }
    scale = new double[counts[0].length];
    for (int column = 0; column < scale.length; column++) {
      scale[column] = this.counts.getColumnVector(column).getNorm();
      RealVector scaled = this.counts.getColumnVector(column).mapDivide(scale[column]);
      this.counts.setColumnVector(column, scaled);
    }
    target = new ArrayRealVector(sought).ebeDivide(new ArrayRealVector(whole));
  }

  /** The factors, by quantity. */
  double[] factors() {
    List<Integer> used = new ArrayList<>(IntStream.range(0, scale.length).boxed().toList());
    RealVector solution = solve(used);
    while (solution.getDimension() > 0 && solution.getMinValue() < 0) {
      used.remove(solution.getMinIndex());
      solution = solve(used);
    }
    double[] factors = new double[scale.length];
    for (int i = 0; i < used.size(); i++) {
      factors[used.get(i)] = solution.getEntry(i) / scale[used.get(i)];
    }
    return factors;
  }

  private RealVector solve(List<Integer> columns) {
    if (columns.isEmpty()) {
      return new ArrayRealVector(0);
    }
    int[] rows = IntStream.range(0, counts.getRowDimension()).toArray();
    int[] chosen = columns.stream().mapToInt(Integer::intValue).toArray();
    RealMatrix part = counts.getSubMatrix(rows, chosen);
    return new SingularValueDecomposition(part).getSolver().solve(target);
  }
}

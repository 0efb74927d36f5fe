package dunlin.host.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  @Test
  void shouldFindWhatTheSamplesWereMadeOf() {
    double[][] counts = {{1, 10}, {1, 20}, {1, 1000}};
    double[] taken = {130, 160, 3100};
    assertArrayEquals(new double[] {100, 3}, factors(counts, taken), 1e-9);
  }

  @Test
  void shouldShareWhatTwoTakeThatAlwaysComeTogether() {
    double[][] counts = {{1, 1}, {2, 2}};
    double[] taken = {10, 20};
    assertArrayEquals(new double[] {5, 5}, factors(counts, taken), 1e-9);
  }

  @Test
  void shouldLeaveOutWhatWouldBeNegative() {
    double[][] counts = {{1, 0}, {1, 1}, {1, 2}};
    double[] taken = {12, 10, 8};
    double[] found = factors(counts, taken);
    assertEquals(0, found[1]);
    assertEquals(9.5, found[0], 0.5);
  }

  @Test
  void shouldMindRelativeErrors() {
    double[][] counts = {{1}, {1}};
    double[] taken = {1, 1000};
    assertEquals(1, factors(counts, taken)[0], 0.01);
  }

  private static double[] factors(double[][] counts, double[] taken) {
    return new LeastSquares(counts, taken, taken).factors();
  }
}

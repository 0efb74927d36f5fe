package dunlin.host.checkpoint.onnx;

/**
 * A tensor of numbers: a small constant, or what follows from shapes and positions.
 *
 * @param values row-major; integers and truth (0 or 1) are exact
 * @param whole whether its type is an integer's: such quotients are rounded
 */
record Known(int[] dims, double[] values, boolean whole) implements Value {
  /** Floats. */
  Known(int[] dims, double[] values) {
    this(dims, values, false);
  }

  static Known scalar(double value, boolean whole) {
    return new Known(new int[0], new double[] {value}, whole);
  }

  static Known vector(int... values) {
    double[] numbers = new double[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values[i];
    }
    return new Known(new int[] {values.length}, numbers, true);
  }

  /** The numbers as integers. */
  int[] integers() {
    int[] integers = new int[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) values[i]; // saturates: slices end at "as far as there is"
    }
    return integers;
  }

  /** The elements that {@code pick} names, and {@code fill} where it is below zero. */
  Known pick(int[] to, int[] pick, double fill) {
    double[] picked = new double[pick.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = pick[i] < 0 ? fill : values[pick[i]];
    }
    return new Known(to, picked, whole);
  }
}

package dunlin.host.evaluate;

import dunlin.host.compile.Scales;
import dunlin.host.compile.TapPoint;
import dunlin.host.compile.TapPoint.Form;
import dunlin.kernels.Dsp;
import java.util.List;

/** Reads what taps copied out as numbers. */
final class TapReader {
  private final List<TapPoint> points;
  private final List<byte[]> taps;

  TapReader(List<TapPoint> points, List<byte[]> taps) {
    this.points = points;
    this.taps = taps;
  }

  /** Row {@code row} of what {@code point} shows. */
  double[] row(TapPoint point, int row) {
    byte[] bytes = taps.get(point.number());
    int at = row * point.rowBytes();
    double[] values = new double[point.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = element(point, bytes, at, point.first() + i) * point.step();
    }
    if (point.form() == Form.INT8_SCALED) {
      double scale = Scales.value(Dsp.load32(taps.get(point.number() + 1), 4 * row));
      for (int i = 0; i < values.length; i++) {
        values[i] *= scale;
      }
    }
    return values;
  }

  private static double element(TapPoint point, byte[] bytes, int at, int i) {
    return switch (point.form()) {
      case INT32 -> Dsp.load32(bytes, at + 4 * i);
      case INT16 -> Dsp.load16(bytes, at + 2 * i);
      case INT8, INT8_SCALED -> bytes[at + i];
      case HEADS -> bytes[at + i] * peak(point, bytes, at, i) / 127;
      case SCALES -> throw new IllegalArgumentException("scales belong to the tap before them");
    };
  }

  /** The peaks lie at the end of the row. */
  private static double peak(TapPoint point, byte[] bytes, int at, int i) {
    int head = i / point.headSize();
    int heads = point.count() / point.headSize();
    return Dsp.load32(bytes, at + point.rowBytes() - 4 * (heads - head));
  }

  /** The points that show an intermediate, in the program's order. */
  List<TapPoint> activations() {
    return points.stream().filter(point -> point.form() != Form.SCALES).toList();
  }
}

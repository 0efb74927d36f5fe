package dunlin.host.compile;

import dunlin.kernels.LinearDsp;
import dunlin.kernels.LinearHelium;
import dunlin.kernels.LinearPlain;
import dunlin.kernels.WeightLayout;
import java.util.Map;

/** What a linear layer's loops count to: those of the kernel for its layout of weights. */
final class LinearWork {
  private static final int VECTOR_BITS = 128;

  private LinearWork() {}

  /**
   * Adds to {@code counts}.
   *
   * @param layout a {@link WeightLayout}
   * @param bits of an input, 8 or 16
   */
  static void count(
      Map<Quantity, Long> counts, int layout, int bits, int rows, int inputs, int outputs) {
    counts.put(Quantity.ROW, (long) rows);
    if (layout == WeightLayout.PACKED) {
      packed(counts, rows, LinearDsp.padded(inputs), outputs);
    } else if (WeightLayout.isHelium(layout)) {
      helium(counts, rows, padded(inputs, VECTOR_BITS / bits), LinearDsp.padded(outputs));
    } else {
      plain(counts, rows, inputs, outputs);
    }
  }

  /** {@link LinearDsp}: rows go in pairs, by two outputs; the last of an odd number alone, by 4. */
  private static void packed(Map<Quantity, Long> counts, long rows, int inputs, int outputs) {
    long paired = rows & ~1;
    long single = rows & 1;
    counts.put(Quantity.INPUT, rows * inputs);
    counts.put(Quantity.OUTPUT, single * LinearDsp.padded(outputs));
    counts.put(Quantity.MAC, single * inputs * LinearDsp.padded(outputs));
    counts.put(Quantity.SHARED_OUTPUT, paired * padded(outputs, 2));
    counts.put(Quantity.SHARED_MAC, paired * inputs * padded(outputs, 2));
  }

  /**
   * {@link LinearHelium}: four outputs at a time, for them all rows, by whole vectors of inputs.
   */
  private static void helium(Map<Quantity, Long> counts, long rows, int inputs, int outputs) {
    counts.put(Quantity.OUTPUT, rows * outputs);
    counts.put(Quantity.CHANNEL, (long) outputs);
    counts.put(Quantity.MAC, rows * inputs * outputs);
  }

  /** {@link LinearPlain}: by four outputs, and those that are left one by one. */
  private static void plain(Map<Quantity, Long> counts, long rows, int inputs, int outputs) {
    counts.put(Quantity.OUTPUT, rows * outputs);
    counts.put(Quantity.MAC, rows * inputs * (outputs & ~3));
    counts.put(Quantity.LONE_MAC, rows * inputs * (outputs & 3));
  }

  private static int padded(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }
}

package dunlin.kernels;

/**
 * How the int8 weights of a linear layer lie in memory. Sums are the same in every layout; each
 * suits other cores.
 */
@Unchecked
public final class WeightLayout {
  /** Row-major: {@link LinearPlain}. */
  public static final int PLAIN = 0;

  /** Packed for SXTB16 and SMLAD: {@link LinearDsp}. */
  public static final int PACKED = 1;

  /** Padded for whole vectors: {@link LinearHelium}. */
  public static final int HELIUM = 2;

  private WeightLayout() {}

  /** Whether this core has a kernel for {@code layout}. */
  public static boolean readable(int layout) {
    return layout == PLAIN || layout == PACKED || isHelium(layout);
  }

  /** Whether {@code layout} is Helium's, on a core that has it. */
  public static boolean isHelium(int layout) {
    return Helium.present() && layout == HELIUM;
  }

  /** Bytes of weights for {@code outputs} × {@code inputs}. */
  public static int bytes(int layout, int inputs, int outputs) {
    return layout == PLAIN
        ? LinearPlain.weightBytes(inputs, outputs)
        : layout == PACKED
            ? LinearDsp.weightBytes(inputs, outputs)
            : LinearHelium.weightBytes(inputs, outputs);
  }

  /** Bytes of scratch that a layer of {@code inputs} needs for {@code rows} rows. */
  public static int scratchBytes(int layout, int inputs, int rows) {
    return layout == PACKED ? LinearDsp.scratchBytes(inputs, rows) : 0;
  }

  /** Offset of weight (output, input). */
  public static int offset(int layout, int output, int input, int inputs) {
    if (isHelium(layout)) {
      return LinearHelium.offset(output, input, inputs);
    }
    return layout == PACKED ? LinearDsp.offset(output, input, inputs) : output * inputs + input;
  }
}

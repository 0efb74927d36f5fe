package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.host.quantise.QuantisedModel.Projection;
import dunlin.host.quantise.QuantisedModel.Sum;
import dunlin.kernels.WeightLayout;

/** Emits linear layers, and what becomes of their sums. */
final class LinearOps {
  private final Program program;
  private final int layout;

  /** For weights that lie as {@code layout} says. */
  LinearOps(Program program, int layout) {
    this.program = program;
    this.layout = layout;
  }

  Constant weights(Matrix8 matrix) {
    return Constants.weights(matrix, layout);
  }

  /**
   * input [rows × columns] → output int32 [rows × the weights' rows], without a bias.
   *
   * @param weights the constant of {@code shape}: who reads them twice has them once
   * @param scratch the input expanded, where the layout asks for that
   * @param which rows
   */
  Program.Step linear(
      Ram input,
      int inputBits,
      Constant weights,
      Matrix8 shape,
      Ram output,
      Ram scratch,
      int which) {
    Program.Step op =
        program
            .add(OpFormat.LINEAR)
            .with(Op.Linear.INPUT, Op.NO_BUFFER)
            .with(Op.Linear.WEIGHTS, Op.NO_BUFFER)
            .with(Op.Linear.BIAS, Op.NO_BUFFER)
            .with(Op.Linear.OUTPUT, output)
            .with(Op.Linear.SCRATCH, Op.NO_BUFFER)
            .with(Op.Linear.ROWS, which)
            .with(Op.Linear.INPUTS, shape.columns())
            .with(Op.Linear.OUTPUTS, shape.rows())
            .with(Op.Linear.INPUT_BITS, inputBits > 8 ? 16 : 8)
            .with(Op.Linear.LAYOUT, layout)
            .with(Op.Linear.STRIDE, shape.columns() * (inputBits > 8 ? 2 : 1));
    if (shape.columns() > 0) {
      op.with(Op.Linear.INPUT, input).with(Op.Linear.WEIGHTS, weights);
    }
    if (layout == WeightLayout.PACKED && scratch.bytes() > 0) {
      op.with(Op.Linear.SCRATCH, scratch);
    }
    return op;
  }

  /** Sums to the projection's fixed point, in place, without a bias. */
  Program.Step rescale(
      Ram data, Constant multipliers, Projection projection, int channels, int which) {
    return program
        .add(OpFormat.RESCALE)
        .with(Op.Rescale.DATA, data)
        .with(Op.Rescale.MULTIPLIERS, multipliers)
        .with(Op.Rescale.BIAS, Op.NO_BUFFER)
        .with(Op.Rescale.ROWS, which)
        .with(Op.Rescale.CHANNELS, channels)
        .with(Op.Rescale.LEFT, projection.left())
        .with(Op.Rescale.SHIFT, projection.shift());
  }

  /**
   * Sums to the residual stream [rows × width], without a bias.
   *
   * @param multipliers of the channels
   */
  Program.Step add(
      Ram sums, Sum sum, Constant multipliers, Ram residual, int channels, int width, int which) {
    return program
        .add(OpFormat.ADD)
        .with(Op.Add.INPUT, sums)
        .with(Op.Add.MULTIPLIERS, multipliers)
        .with(Op.Add.BIAS, Op.NO_BUFFER)
        .with(Op.Add.OUTPUT, residual)
        .with(Op.Add.CHANNELS, channels)
        .with(Op.Add.LEFT, sum.left())
        .with(Op.Add.RIGHT, sum.right())
        .with(Op.Add.STRIDE, 4 * width)
        .with(Op.Add.ROWS, which);
  }
}

package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.Nonlinearity;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.BiasedSum;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedEncoder.Norm;
import dunlin.kernels.Activation;
import dunlin.kernels.LayerNorm;

/** Emits what goes into an encoder's residual stream and what comes out of it. */
final class EncoderStream {
  private final QuantisedEncoder model;
  private final Program program;
  private final LinearOps linears;
  private final EncoderBuffers buffers;

  EncoderStream(
      QuantisedEncoder model, Program program, LinearOps linears, EncoderBuffers buffers) {
    this.model = model;
    this.program = program;
    this.linears = linears;
    this.buffers = buffers;
  }

  /** The residual stream, normalised or as it is, to int8. */
  void enter(String half, Entry entry, Ram output) {
    Constant table = Constants.affine(half + "entry table", entry.output());
    if (entry.norm().isPresent()) {
      normalise(half, entry.norm().get(), Op.ALL)
          .with(Op.LayerNorm.OUTPUT, output)
          .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_TABLE, table)
          .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_RIGHT, entry.output().right());
      return;
    }
    program
        .add(OpFormat.QUANTISE)
        .with(Op.Quantise.INPUT, buffers.residual)
        .with(Op.Quantise.OUTPUT, output)
        .with(Op.Quantise.TABLE, table)
        .with(Op.Quantise.WIDTH, model.config().dim())
        .with(Op.Quantise.RIGHT, entry.output().right())
        .with(Op.Quantise.ROWS, Op.ALL);
  }

  /** A norm that writes no int8, and the stream where it is to be replaced. */
  Program.Step normalise(String half, Norm norm, int which) {
    Program.Step op =
        program
            .add(OpFormat.LAYER_NORM)
            .with(Op.LayerNorm.INPUT, buffers.residual)
            .with(Op.LayerNorm.OUTPUT, Op.NO_BUFFER)
            .with(Op.LayerNorm.RESIDUAL, Op.NO_BUFFER)
            .with(Op.LayerNorm.ROWS, which)
            .with(Op.LayerNorm.PARAMETERS + LayerNorm.WIDTH, model.config().dim())
            .with(Op.LayerNorm.PARAMETERS + LayerNorm.INVERSE_WIDTH, norm.inverseWidth())
            .with(Op.LayerNorm.PARAMETERS + LayerNorm.EPSILON, norm.epsilon())
            .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_TABLE, Op.NO_BUFFER)
            .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_RIGHT, 1)
            .with(Op.LayerNorm.PARAMETERS + LayerNorm.RESIDUAL_TABLE, Op.NO_BUFFER)
            .with(Op.LayerNorm.PARAMETERS + LayerNorm.RESIDUAL_RIGHT, 1);
    norm.residual()
        .ifPresent(
            residual ->
                op.with(Op.LayerNorm.RESIDUAL, buffers.residual)
                    .with(
                        Op.LayerNorm.PARAMETERS + LayerNorm.RESIDUAL_TABLE,
                        Constants.affine(half + "norm table", residual))
                    .with(Op.LayerNorm.PARAMETERS + LayerNorm.RESIDUAL_RIGHT, residual.right()));
    return op;
  }

  /** What an addition looks up. */
  record AddTables(Constant multipliers, Constant bias) {}

  static AddTables addTables(String name, BiasedSum sum) {
    return new AddTables(
        Constants.words(name + " multipliers", sum.sum().multipliers()),
        Constants.words(name + " bias", sum.bias()));
  }

  Program.Step add(Ram sums, BiasedSum sum, AddTables tables, int which) {
    int dim = model.config().dim();
    return linears
        .add(sums, sum.sum(), tables.multipliers(), buffers.residual, dim, dim, which)
        .with(Op.Add.BIAS, tables.bias());
  }

  /** Sums through an activation; where to is still to be said. */
  Program.Step activate(
      Activated layer, Nonlinearity activation, Constant table, Ram sums, int width, int which) {
    return program
        .add(OpFormat.ACTIVATE)
        .with(Op.Activate.INPUT, sums)
        .with(
            Op.Activate.DIFFERENCES,
            Constants.bytes(
                activation + " difference table", model.tables().differences().get(activation)))
        .with(Op.Activate.ROWS, which)
        .with(Op.Activate.PARAMETERS + Activation.WIDTH, width)
        .with(Op.Activate.PARAMETERS + Activation.TABLE, table)
        .with(Op.Activate.PARAMETERS + Activation.LEFT, layer.left())
        .with(Op.Activate.PARAMETERS + Activation.RIGHT, layer.table().right())
        .with(Op.Activate.PARAMETERS + Activation.FRACTION_BITS, layer.fraction())
        .with(Op.Activate.PARAMETERS + Activation.MULTIPLIER, layer.multiplier())
        .with(Op.Activate.PARAMETERS + Activation.SHIFT, layer.shift())
        .with(Op.Activate.PARAMETERS + Activation.OUTPUT_BITS, QuantisedEncoder.HIDDEN_BITS)
        .with(
            Op.Activate.PARAMETERS + Activation.FORM,
            activation.odd() ? Activation.ODD : Activation.RECTIFIED);
  }
}

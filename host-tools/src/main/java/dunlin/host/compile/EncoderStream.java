package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.Nonlinearity;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.Affine;
import dunlin.host.quantise.QuantisedEncoder.BiasedSum;
import dunlin.host.quantise.QuantisedEncoder.Embedded;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedEncoder.Gain;
import dunlin.host.quantise.QuantisedEncoder.Norm;
import dunlin.host.quantise.QuantisedModel.Sum;
import dunlin.kernels.Activation;
import dunlin.kernels.LayerNorm;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Emits what goes into an encoder's residual stream and what comes out of it. */
final class EncoderStream {
  private final QuantisedEncoder model;
  private final Program program;
  private final LinearOps linears;
  private final EncoderBuffers buffers;

  /** One of each: ops share it, of however many tiles. */
  private final Map<Nonlinearity, Constant> differences = new EnumMap<>(Nonlinearity.class);

  EncoderStream(
      QuantisedEncoder model, Program program, LinearOps linears, EncoderBuffers buffers) {
    this.model = model;
    this.program = program;
    this.linears = linears;
    this.buffers = buffers;
  }

  /** The residual stream, normalised or as it is, to int8. */
  void enter(String half, Entry entry, Ram output) {
    if (entry.norm().isPresent()) {
      Constant table = Constants.affine(half + "entry table", entry.output());
      normalise(half, entry.norm().get(), Op.ALL)
          .with(Op.LayerNorm.OUTPUT, output)
          .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_TABLE, table)
          .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_RIGHT, entry.output().right());
      return;
    }
    quantise(half, buffers.residual, entry.output(), output, Op.ALL);
  }

  /** A stream as it is, to int8. */
  void quantise(String name, Ram stream, Affine affine, Ram output, int which) {
    int width = affine.multipliers().length;
    program
        .add(OpFormat.QUANTISE)
        .with(Op.Quantise.INPUT, stream)
        .with(Op.Quantise.OUTPUT, output)
        .with(Op.Quantise.TABLE, Constants.affine(name + "entry table", affine))
        .with(Op.Quantise.WIDTH, width)
        .with(Op.Quantise.RIGHT, affine.right())
        .with(Op.Quantise.ROWS, which);
  }

  /** A stream times its gains, in place. */
  void gain(String name, Ram stream, Gain gain) {
    program
        .add(OpFormat.NO_NORM)
        .with(Op.NoNorm.STREAM, stream)
        .with(Op.NoNorm.TABLE, Constants.pairs(name + "gains", gain.gains(), gain.biases()))
        .with(Op.NoNorm.WIDTH, gain.gains().length)
        .with(Op.NoNorm.SHIFT, gain.shift())
        .with(Op.NoNorm.ROWS, Op.ALL);
  }

  /** Sums to some channels of a stream, all that a reduction brought; without a bias. */
  void add(String name, Ram sums, Sum sum, int[] channels, Ram stream, int width) {
    Constant multipliers =
        Constants.words(name + "multipliers", Sliced.rows(sum.multipliers(), channels));
    linears
        .add(sums, sum, multipliers, stream, channels.length, width, Op.ALL)
        .with(Op.Add.OUTPUT, stream, 4 * channels[0]);
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

  /** The positions' rows: the stream begins with them. */
  Program.Step positions(int layout) {
    int[] each = IntStream.range(0, buffers.positions).toArray();
    return embed(model.positions().first(buffers.positions), layout)
        .with(Op.Embed.TOKENS, Constants.words("numbers of positions", each));
  }

  /** Rows of a table, from which it is still to be said which; the stream begins with them. */
  Program.Step embed(Embedded table, int layout) {
    return program
        .add(OpFormat.EMBED)
        .with(Op.Embed.TOKENS, Op.NO_BUFFER)
        .with(Op.Embed.WEIGHTS, linears.weights(table.rows()))
        .with(
            Op.Embed.MULTIPLIERS,
            Constants.words(table.rows().name() + " multipliers", table.multipliers()))
        .with(Op.Embed.OUTPUT, buffers.residual)
        .with(Op.Embed.WIDTH, table.rows().columns())
        .with(Op.Embed.LAYOUT, layout)
        .with(Op.Embed.RIGHT, table.right())
        .with(Op.Embed.ONTO, 0);
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
        .with(Op.Activate.DIFFERENCES, differences.computeIfAbsent(activation, this::differences))
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

  private Constant differences(Nonlinearity activation) {
    return Constants.bytes(
        activation + " difference table", model.tables().differences().get(activation));
  }
}

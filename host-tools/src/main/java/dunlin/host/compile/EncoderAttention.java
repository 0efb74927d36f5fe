package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedEncoder.Affine;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.SelfAttention;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Emits the self-attention of a node's heads, one op a layer ({@link SelfAttention}). Its weights
 * lie head by head, as it reads them.
 */
final class EncoderAttention {
  private final EncoderConfig config;
  private final Program program;
  private final EncoderBuffers buffers;
  private final Sliced sliced;
  private final Tiling tiling;
  private final int layout;
  private final Constant exponents;

  EncoderAttention(EncoderNode node) {
    config = node.config();
    program = node.program();
    buffers = node.buffers();
    sliced = node.sliced();
    tiling = node.tiling();
    layout = node.layout();
    exponents = Constants.bytes("exponent table", node.model().tables().exponents());
  }

  /**
   * entry int8 [S × E] → sums int32 [S × the outputs' rows].
   *
   * @param outputs weights whose first columns are the context's
   * @param onto whether sums are there to which these are added
   */
  void emit(
      String half,
      QuantisedEncoder.Attention attention,
      Matrix8 outputs,
      Ram entry,
      Ram sums,
      boolean onto) {
    int size = config.headSize();
    int queryWidth = attention.fused() ? config.dim() : size;
    Program.Step op =
        program
            .add(OpFormat.SELF_ATTEND)
            .with(Op.SelfAttend.INPUT, entry)
            .with(Op.SelfAttend.OUTPUT, sums)
            .with(Op.SelfAttend.ROWS, Op.ALL)
            .with(Op.SelfAttend.SCRATCH, buffers.attention(half, attention.fused()));
    with(op, SelfAttention.HEADS, sliced.heads());
    with(op, SelfAttention.WIDTH, config.dim());
    with(op, SelfAttention.QUERY_WIDTH, queryWidth);
    with(op, SelfAttention.HEAD_SIZE, size);
    with(op, SelfAttention.HEADS_AT_ONCE, headsAtOnce());
    with(op, SelfAttention.ROWS_AT_ONCE, tiling.queries());
    with(op, SelfAttention.LAYOUT, layout);
    with(op, SelfAttention.QUERY_RIGHT, attention.queryTable().right());
    with(op, SelfAttention.KEY_RIGHT, attention.keyTable().right());
    with(op, SelfAttention.VALUE_RIGHT, attention.valueTable().right());
    with(op, SelfAttention.EXPONENTS, exponents);
    with(op, SelfAttention.OUTPUT_WIDTH, outputs.rows());
    with(op, SelfAttention.ONTO, onto ? 1 : 0);
    constants(op, half, attention, outputs, queryWidth);
  }

  private int headsAtOnce() {
    return Math.min(tiling.heads(), Math.max(sliced.heads(), 1));
  }

  private void constants(
      Program.Step op,
      String half,
      QuantisedEncoder.Attention attention,
      Matrix8 outputs,
      int queryWidth) {
    int size = config.headSize();
    List.of(
            SelfAttention.QUERY_WEIGHTS,
            SelfAttention.KEY_WEIGHTS,
            SelfAttention.VALUE_WEIGHTS,
            SelfAttention.OUTPUT_WEIGHTS,
            SelfAttention.QUERY_TABLE,
            SelfAttention.KEY_TABLE,
            SelfAttention.VALUE_TABLE,
            SelfAttention.HEAD_UNITS)
        .forEach(field -> with(op, field, Op.NO_BUFFER));
    if (sliced.heads() == 0) {
      return;
    }
    with(op, SelfAttention.QUERY_WEIGHTS, heads(attention.query(), queryWidth));
    with(op, SelfAttention.QUERY_TABLE, table(half + "query", attention.queryTable(), queryWidth));
    if (!attention.fused()) {
      with(op, SelfAttention.KEY_WEIGHTS, heads(attention.key(), size));
      with(op, SelfAttention.KEY_TABLE, table(half + "key", attention.keyTable(), size));
    }
    with(op, SelfAttention.VALUE_WEIGHTS, heads(attention.value(), size));
    with(op, SelfAttention.VALUE_TABLE, table(half + "value", attention.valueTable(), size));
    with(op, SelfAttention.OUTPUT_WEIGHTS, outputs(outputs));
    int[] units =
        IntStream.of(sliced.everyHead())
            .flatMap(
                head -> IntStream.of(attention.units()[2 * head], attention.units()[2 * head + 1]))
            .toArray();
    with(op, SelfAttention.HEAD_UNITS, Constants.words(half + "head units", units));
  }

  private Constant table(String name, Affine table, int width) {
    return Constants.affine(name + " table", table, sliced.ofHeads(width));
  }

  /** The rows of each head, {@code width} of them. */
  private Constant heads(Matrix8 matrix, int width) {
    List<Matrix8> blocks =
        IntStream.of(sliced.everyHead())
            .mapToObj(head -> Sliced.rows(matrix, Sliced.range(head * width, width)))
            .toList();
    return Constants.blocks(matrix.name(), blocks, layout);
  }

  /** The columns of so many heads as are computed at once. */
  private Constant outputs(Matrix8 matrix) {
    int[] columns = sliced.context();
    int together = headsAtOnce() * config.headSize();
    List<Matrix8> blocks =
        IntStream.iterate(0, first -> first < columns.length, first -> first + together)
            .map(first -> first)
            .mapToObj(
                first ->
                    Sliced.columns(
                        matrix,
                        Sliced.range(columns[first], Math.min(together, columns.length - first))))
            .toList();
    return Constants.blocks(matrix.name(), blocks, layout);
  }

  private static void with(Program.Step op, int parameter, int value) {
    op.with(Op.SelfAttend.PARAMETERS + parameter, value);
  }

  private static void with(Program.Step op, int parameter, Constant constant) {
    op.with(Op.SelfAttend.PARAMETERS + parameter, constant);
  }
}

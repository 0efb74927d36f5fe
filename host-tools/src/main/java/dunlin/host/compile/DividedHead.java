package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedEncoder.Norm;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.LayerNorm;
import dunlin.kernels.MeanPooling;
import dunlin.kernels.Scale;

/** Emits a head whose labels nodes divide. It reads the class token, or the mean of all tokens. */
final class DividedHead {
  private static final int ONE = Scale.of(1, 0);

  private final QuantisedEncoder model;
  private final Program program;
  private final LinearOps linears;
  private final Collectives collectives;
  private final EncoderBuffers buffers;
  private final EncoderStream stream;
  private final Sliced sliced;

  DividedHead(EncoderNode node) {
    model = node.model();
    program = node.program();
    linears = node.linears();
    collectives = node.collectives();
    buffers = node.buffers();
    stream = node.stream();
    sliced = node.sliced();
  }

  /** residual → pooled int8 [E] → logits [labels] → result. */
  void emit() {
    if (collectives.leadsLast()) {
      pool();
    }
    collectives.broadcastToAll(buffers.pooled);
    if (!collectives.concerns(Shards.VOCABULARY)) {
      return;
    }
    if (sliced.vocabulary() > 0) {
      logits();
    }
    collectives.sendLogits(buffers.logits, Op.LAST);
    collectives.pick(
        buffers.logits,
        buffers.sampleScratch,
        Constants.bytes("logarithm table", model.tables().logarithms()),
        Op.LAST);
  }

  private void pool() {
    Entry entry = model.headEntry();
    Constant table = Constants.affine("head entry table", entry.output());
    Norm norm = entry.norm().orElseThrow();
    if (model.config().pooling() == Pooling.CLASS_TOKEN) {
      stream
          .normalise("head ", norm, Op.LAST)
          .with(Op.LayerNorm.OUTPUT, buffers.pooled)
          .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_TABLE, table)
          .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_RIGHT, entry.output().right());
      return;
    }
    stream.normalise("head ", norm, Op.ALL);
    program
        .add(OpFormat.POOL)
        .with(Op.Pool.INPUT, buffers.residual)
        .with(Op.Pool.OUTPUT, buffers.pooled)
        .with(Op.Pool.MEAN, Op.NO_BUFFER)
        .with(Op.Pool.ROWS, Op.ALL)
        .with(Op.Pool.PARAMETERS + MeanPooling.WIDTH, model.config().dim())
        .with(Op.Pool.PARAMETERS + MeanPooling.INVERSE_ROWS, model.inverseTokens())
        .with(Op.Pool.PARAMETERS + MeanPooling.OUTPUT_TABLE, table)
        .with(Op.Pool.PARAMETERS + MeanPooling.OUTPUT_RIGHT, entry.output().right());
  }

  private void logits() {
    Matrix8 matrix = Sliced.rows(model.head().matrix(), sliced.tokens());
    int[] multipliers = Sliced.rows(model.head().multipliers(), sliced.tokens());
    int[] bias = Sliced.rows(model.headBias(), sliced.tokens());
    Ram scratch = buffers.expandedRow("head", matrix);
    linears.linear(
        buffers.pooled, 8, linears.weights(matrix), matrix, buffers.logits, scratch, Op.LAST);
    linears
        .rescale(
            buffers.logits,
            Constants.words("head multipliers", multipliers),
            model.head(),
            matrix.rows(),
            Op.LAST)
        .with(Op.Rescale.BIAS, Constants.words("head bias", bias))
        .with(Op.Rescale.SCALES, Constants.words("scale of one", new int[] {ONE}));
  }
}

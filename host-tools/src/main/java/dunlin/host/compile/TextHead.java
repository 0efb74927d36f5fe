package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.Nonlinearity;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.LayerNorm;
import dunlin.kernels.Scale;
import java.util.Arrays;

/**
 * Emits a text encoder's head, which the root holds: it is small, and nodes divide the vocabulary
 * of words. It reads the first token, or every one.
 */
final class TextHead {
  /** ROWS: the first row, of as many as the pass has. */
  private static final int FIRST = -1;

  private final QuantisedEncoder model;
  private final EncoderConfig config;
  private final int rank;
  private final LinearOps linears;
  private final Collectives collectives;
  private final EncoderBuffers buffers;
  private final EncoderStream stream;
  private final boolean every;

  TextHead(EncoderNode node) {
    model = node.model();
    config = node.config();
    rank = node.rank();
    linears = node.linears();
    collectives = node.collectives();
    buffers = node.buffers();
    stream = node.stream();
    every = config.pooling() == Pooling.EVERY_TOKEN;
  }

  /** residual → pooled int8 [E] or [S × E] → logits → result. */
  void emit() {
    if (collectives.leadsLast()) {
      pool();
    }
    int which = every ? Op.ALL : Op.LAST;
    collectives.broadcastToRoot(buffers.pooled, config.dim(), which);
    if (rank > 0) {
      return;
    }
    Matrix8 head = model.head().matrix();
    if (model.pooler().isPresent()) {
      Ram activated = pooler(model.pooler().get());
      logits(activated, 16, head, which);
    } else {
      logits(buffers.pooled, 8, head, which);
    }
    collectives.answer(
        buffers.logits,
        config.labels().size(),
        buffers.sampleScratch,
        Constants.bytes("logarithm table", model.tables().logarithms()),
        which);
  }

  private void pool() {
    Entry entry = model.headEntry();
    int which = every ? Op.ALL : FIRST;
    if (entry.norm().isEmpty()) {
      stream.quantise("head ", buffers.residual, entry.output(), buffers.pooled, which);
      return;
    }
    stream
        .normalise("head ", entry.norm().get(), which)
        .with(Op.LayerNorm.OUTPUT, buffers.pooled)
        .with(
            Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_TABLE,
            Constants.affine("head entry table", entry.output()))
        .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_RIGHT, entry.output().right());
  }

  /** pooled int8 [E] → int16 [E]. */
  private Ram pooler(Activated layer) {
    Matrix8 matrix = layer.matrix();
    Ram sums = LlamaBuffers.passing("pooler sums", 4L * matrix.rows());
    Ram activated = LlamaBuffers.passing("pooler activated", 2L * matrix.rows());
    linears.linear(
        buffers.pooled,
        8,
        linears.weights(matrix),
        matrix,
        sums,
        buffers.expandedRow("pooler", matrix),
        Op.LAST);
    stream
        .activate(
            layer,
            Nonlinearity.TANH,
            Constants.affine("pooler table", layer.table()),
            sums,
            matrix.rows(),
            Op.LAST)
        .with(Op.Activate.OUTPUT, activated);
    return activated;
  }

  /** pooled → logits int32. */
  private void logits(Ram input, int bits, Matrix8 head, int which) {
    int rows = every ? buffers.positions : 1;
    Ram scratch = buffers.expanded("head", head, rows);
    linears.linear(input, bits, linears.weights(head), head, buffers.logits, scratch, which);
    int[] ones = new int[rows];
    Arrays.fill(ones, Scale.of(1, 0));
    linears
        .rescale(
            buffers.logits,
            Constants.words("head multipliers", model.head().multipliers()),
            model.head(),
            head.rows(),
            which)
        .with(Op.Rescale.BIAS, Constants.words("head bias", model.headBias()))
        .with(Op.Rescale.SCALES, Constants.words("scales of one", ones));
  }
}

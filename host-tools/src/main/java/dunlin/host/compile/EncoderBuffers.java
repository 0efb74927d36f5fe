package dunlin.host.compile;

import static dunlin.host.compile.LlamaBuffers.passing;

import dunlin.firmware.Request;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.Noise;
import dunlin.kernels.SelfAttention;
import dunlin.kernels.TopK;
import dunlin.kernels.WeightLayout;

/**
 * The buffers of an encoder's program. Those of a half-block have its name, so that the memory
 * planner can reuse their bytes behind it. Shapes: S tokens, E dim, F this node's hidden columns.
 */
final class EncoderBuffers {
  final NodeBuffers node;

  /** int32 [S × E]. */
  final Ram residual;

  /** int8 [E], or [S × E] where each token has logits: what the head reads. */
  final Ram pooled;

  /** int32 [labels of this node], or [S × labels]. */
  final Ram logits;

  /** {@link Noise}, then a list of candidates. */
  final Ram sampleScratch;

  /** S. */
  final int positions;

  private final QuantisedEncoder model;
  private final Sliced sliced;
  private final Tiling tiling;
  private final int layout;

  EncoderBuffers(Plan plan, QuantisedEncoder model, int rank, Sliced sliced, Tiling tiling) {
    this.model = model;
    this.sliced = sliced;
    this.tiling = tiling;
    layout = plan.members().get(rank).weights().layout();
    positions = plan.context();
    node =
        model
            .config()
            .words()
            .map(words -> NodeBuffers.ofText(plan, rank, words.typeRows()))
            .orElseGet(() -> NodeBuffers.ofInput(plan, rank, model.inputBytes(positions)));
    residual = wide("residual", 4);
    int labels = headIsWhole(model.config()) ? model.config().labels().size() : sliced.vocabulary();
    int rows = model.config().pooling() == Pooling.EVERY_TOKEN ? positions : 1;
    pooled = passing("pooled", (long) rows * model.config().dim());
    logits = passing("logits", 4L * rows * labels);
    int draw = Noise.scratchBytes() + TopK.scratchBytes(largestTopK(model));
    sampleScratch = passing("sampling scratch", draw);
  }

  /** Whether the root holds all of the head, rather than that nodes divide the labels. */
  static boolean headIsWhole(EncoderConfig config) {
    return config.pooling() == Pooling.FIRST_TOKEN || config.pooling() == Pooling.EVERY_TOKEN;
  }

  /** The largest top-k for which there is scratch. */
  static int largestTopK(QuantisedEncoder model) {
    return Math.min(Request.MAX_TOP_K, model.config().labels().size());
  }

  /** int8 [S × E]: what a half-block reads of the stream. */
  Ram entry(String half) {
    return wide(half + "entry", 1);
  }

  /** int8 [S × B]: what a half-block reads of the stream within a bottleneck. */
  Ram narrowEntry(String half) {
    return narrow(half + "entry", 1);
  }

  /** int32 [S × B]: what it adds to the stream, B at a time where that is E wide. */
  Ram sums(String half) {
    return narrow(half + "sums", 4);
  }

  /** int32 [S × B]: the stream within a bottleneck. */
  Ram narrowResidual(String block) {
    return narrow(block + "narrow residual", 4);
  }

  private Ram wide(String name, int elementBytes) {
    return rows(name, elementBytes * model.config().dim());
  }

  private Ram narrow(String name, int elementBytes) {
    return rows(name, elementBytes * model.config().width());
  }

  /** S rows. */
  Ram rows(String name, int rowBytes) {
    return passing(name, (long) positions * rowBytes);
  }

  /** What attention holds of its heads at a time. */
  Ram attention(String half, boolean fused) {
    int size = model.config().headSize();
    int width = model.config().dim();
    return passing(
        half + "keys, values, scores",
        SelfAttention.scratchBytes(
            positions,
            width,
            fused ? width : size,
            size,
            model.config().width(),
            fused,
            Math.min(tiling.heads(), Math.max(sliced.heads(), 1)),
            tiling.queries(),
            layout));
  }

  /** int32 sums of a tile of rows. */
  Ram tile(String name, int channels) {
    return passing(name + " sums", 4L * channels * tiling.rows());
  }

  /** int16 of a tile of rows. */
  Ram activated(String name, int channels) {
    return passing(name + " activated", 2L * channels * tiling.rows());
  }

  /** A tile of a layer's input expanded for the layout of its weights. */
  Ram expanded(String name, Matrix8 shape) {
    return expanded(name, shape, tiling.rows());
  }

  /** One row of a layer's input expanded for the layout of its weights. */
  Ram expandedRow(String name, Matrix8 shape) {
    return expanded(name, shape, 1);
  }

  /** So many rows of a layer's input expanded for the layout of its weights. */
  Ram expanded(String name, Matrix8 shape, int rows) {
    int bytes = WeightLayout.scratchBytes(layout, shape.columns(), rows);
    return passing(name + " expanded input of " + shape.name(), bytes);
  }
}

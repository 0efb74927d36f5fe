package dunlin.host.compile;

import static dunlin.host.compile.LlamaBuffers.passing;

import dunlin.host.compile.Operand.Ram;
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

  /** int8 [E]: what the head reads. */
  final Ram pooled;

  /** int32 [labels of this node]. */
  final Ram logits;

  /** {@link Noise}, then a list of candidates. */
  final Ram sampleScratch;

  private final QuantisedEncoder model;
  private final Sliced sliced;
  private final Tiling tiling;
  private final int layout;

  EncoderBuffers(Plan plan, QuantisedEncoder model, int rank, Sliced sliced, Tiling tiling) {
    this.model = model;
    this.sliced = sliced;
    this.tiling = tiling;
    layout = plan.members().get(rank).weights().layout();
    node = NodeBuffers.ofInput(plan, rank, model.inputBytes());
    residual = rows("residual", 4);
    pooled = passing("pooled", model.config().dim());
    logits = passing("logits", 4L * sliced.vocabulary());
    int draw = Noise.scratchBytes() + TopK.scratchBytes(LlamaBuffers.largestTopK(model.config()));
    sampleScratch = passing("sampling scratch", draw);
  }

  /** int8 [S × E]: what a half-block reads. */
  Ram entry(String half) {
    return rows(half + "entry", 1);
  }

  /** int32 [S × E]: what it adds to the stream. */
  Ram sums(String half) {
    return rows(half + "sums", 4);
  }

  private Ram rows(String name, int elementBytes) {
    return passing(name, (long) elementBytes * model.config().context() * model.config().dim());
  }

  /** What attention holds of its heads at a time. */
  Ram attention(String half, boolean fused) {
    int size = model.config().headSize();
    int width = model.config().dim();
    return passing(
        half + "keys, values, scores",
        SelfAttention.scratchBytes(
            model.config().context(),
            width,
            fused ? width : size,
            size,
            width,
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

  private Ram expanded(String name, Matrix8 shape, int rows) {
    int bytes = WeightLayout.scratchBytes(layout, shape.columns(), rows);
    return passing(name + " expanded input of " + shape.name(), bytes);
  }
}

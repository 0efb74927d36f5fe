package dunlin.host.compile;

import static dunlin.host.compile.LlamaBuffers.passing;

import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.TransformerShape;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.Attention;
import dunlin.kernels.WeightLayout;

/**
 * The buffers of one half-block, or of the head. Each has its own, so that the memory planner can
 * reuse their bytes as soon as the last op that needs them is past; those that no op touches take
 * none.
 */
final class BlockBuffers {
  private final String name;
  private final int layout;
  private final int rows;

  /** int8 [R × E]. */
  final Ram normed;

  /** Scale [R]. */
  final Ram scales;

  /** int32 [R × E]. */
  final Ram sums;

  /** int32 [R × (H + 2KV)·P]. */
  final Ram projected;

  /** R rows of {@link Attention#query}. */
  final Ram queries;

  /** int8 or int16 [R × H·P]. */
  final Ram context;

  /** Scores of one query. */
  final Ram scores;

  /** int32 [R × 2F]. */
  final Ram gateUp;

  /** int16 [R × F]. */
  final Ram hidden;

  /**
   * Buffers for the ops of one half-block.
   *
   * @param name of the half-block
   * @param contextBytes of an element of the context
   */
  BlockBuffers(String name, Plan plan, int rank, Sliced sliced, int contextBytes) {
    this.name = name;
    TransformerShape config = plan.model().config();
    layout = plan.members().get(rank).weights().layout();
    rows = plan.chunk();
    int heads = sliced.heads();
    int size = config.headSize();
    long width = config.dim();
    normed = passing(name + "normed", width * rows);
    scales = passing(name + "scales", 4L * rows);
    sums = passing(name + "sums", 4 * width * rows);
    projected = passing(name + "query, key, value", (long) sliced.projectedBytes() * rows);
    queries = passing(name + "queries", Attention.queryBytes(heads, size, rows));
    context = passing(name + "context", (long) heads * size * rows * contextBytes);
    int group = config.heads() / config.kvHeads();
    scores = passing(name + "scores", Attention.scratchBytes(group, size, plan.context()));
    gateUp = passing(name + "gate, up", 8L * sliced.hidden() * rows);
    hidden = passing(name + "hidden", 2L * sliced.hidden() * rows);
  }

  /** Activations expanded for the layout of the weights; empty where they are not. */
  Ram expanded(Matrix8 shape, boolean allRows) {
    int bytes = WeightLayout.scratchBytes(layout, shape.columns(), allRows ? rows : 1);
    return passing(name + "expanded input of " + shape.name(), bytes);
  }
}

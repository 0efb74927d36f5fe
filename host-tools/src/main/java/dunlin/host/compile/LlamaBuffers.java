package dunlin.host.compile;

import dunlin.boards.BoardType.Weights;
import dunlin.firmware.Result;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.kernels.Attention;
import dunlin.kernels.Candidate;
import dunlin.kernels.KvCache;
import dunlin.kernels.LinearDsp;
import dunlin.kernels.Noise;
import dunlin.kernels.Rotary;
import dunlin.kernels.TopK;
import java.util.ArrayList;
import java.util.List;

/**
 * The buffers of a Llama decoder's program. Shapes: R rows of a pass, E dim, F hidden, H heads, KV
 * groups, P head size, V vocabulary. Sizes are the kernels' own.
 */
final class LlamaBuffers {
  /** Candidates that a draw can be limited to, at most. */
  private static final int LARGEST_TOP_K = 128;

  /** int32 [R]. */
  final Ram tokens;

  /** {@link Result}. */
  final Ram result = new Ram("result", Result.BYTES, true);

  /** int32 [R × E]. */
  final Ram residual;

  /** Q15 [R × P/2 × (cos, sin)]. */
  final Ram angles;

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

  /** {@link KvCache}, one for each block. */
  final List<Ram> caches = new ArrayList<>();

  /** int8 or int16 [R × H·P]. */
  final Ram context;

  final Ram attentionScratch;

  /** int32 [R × 2F]. */
  final Ram gateUp;

  /** int16 [R × F]. */
  final Ram hidden;

  /** Activations expanded for {@link LinearDsp}; empty where weights are row-major. */
  final Ram expanded;

  /** int32 [R × V], or [V] for the last row alone. */
  final Ram logits;

  /** {@link Noise}, then a list of {@link Candidate}s. */
  final Ram sampleScratch;

  /** Embedding rows from their owners: at the root one for each row, elsewhere one. */
  final Ram fetched;

  LlamaBuffers(Plan plan, int rank, Sliced sliced, int contextBytes) {
    LlamaConfig config = plan.model().config();
    int rows = plan.chunk();
    int heads = sliced.heads();
    int size = config.headSize();
    int width = config.dim();
    tokens = new Ram("tokens", 4 * rows, true);
    residual = passing("residual", 4L * width * rows);
    angles = passing("angles", Rotary.angleBytes(size, rows));
    normed = passing("normed", (long) width * rows);
    scales = passing("scales", 4L * rows);
    sums = passing("sums", 4L * width * rows);
    projected = passing("query, key, value", (long) projectedBytes(config, sliced) * rows);
    queries = passing("queries", Attention.queryBytes(heads, size, rows));
    for (int layer = 0; layer < config.layers(); layer++) {
      int bytes = KvCache.bytes(sliced.kvHeads(), size, plan.context());
      caches.add(new Ram("layer " + layer + " KV cache", bytes, true));
    }
    context = passing("context", (long) heads * size * rows * contextBytes);
    attentionScratch = passing("attention scratch", Attention.scratchBytes(size, plan.context()));
    gateUp = passing("gate, up", 8L * sliced.hidden() * rows);
    hidden = passing("hidden", 2L * sliced.hidden() * rows);
    int widest = Math.max(Math.max(width, heads * size), sliced.hidden());
    boolean packed = plan.members().get(rank).weights() == Weights.PACKED;
    expanded = passing("expanded activations", packed ? LinearDsp.scratchBytes(widest, rows) : 0);
    boolean allLogits = plan.inspection() != Inspection.NONE;
    logits = passing("logits", 4L * sliced.vocabulary() * (allLogits ? rows : 1));
    int draw = Noise.scratchBytes() + TopK.scratchBytes(largestTopK(config));
    sampleScratch = passing("sampling scratch", draw);
    long fetchedRows = rank == 0 ? rows : 1;
    fetched = passing("fetched embedding rows", fetchedRows * LinearDsp.padded(4 + width));
  }

  /** Bytes of a row of queries, keys and values. */
  static int projectedBytes(LlamaConfig config, Sliced sliced) {
    return 4 * (sliced.heads() + 2 * sliced.kvHeads()) * config.headSize();
  }

  /** The largest top-k for which there is scratch. */
  static int largestTopK(LlamaConfig config) {
    return Math.min(LARGEST_TOP_K, config.vocabulary());
  }

  /** What the host may write or read between passes. */
  List<Ram> always() {
    return List.of(tokens, result);
  }

  private static Ram passing(String name, long bytes) {
    return new Ram(name, Math.toIntExact(bytes), false);
  }
}

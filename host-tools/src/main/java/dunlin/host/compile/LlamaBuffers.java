package dunlin.host.compile;

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
 * groups, P head size, V vocabulary. Sizes are the kernels' own. What passes through one part of a
 * block is a buffer of its own each time ({@link #renew}), so that its bytes are free in between.
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
  Ram normed;

  /** Scale [R]. */
  Ram scales;

  /** int32 [R × E]. */
  Ram sums;

  /** int32 [R × (H + 2KV)·P]. */
  Ram projected;

  /** R rows of {@link Attention#query}. */
  Ram queries;

  /** {@link KvCache}, one for each block. */
  final List<Ram> caches = new ArrayList<>();

  /** int8 or int16 [R × H·P]. */
  Ram context;

  Ram attentionScratch;

  /** int32 [R × 2F]. */
  Ram gateUp;

  /** int16 [R × F]. */
  Ram hidden;

  /** int32 [R × V], or [V] for the last row alone. */
  final Ram logits;

  /** {@link Noise}, then a list of {@link Candidate}s. */
  final Ram sampleScratch;

  private final LlamaConfig config;
  private final int rows;
  private final int positions;
  private final int contextBytes;

  LlamaBuffers(Plan plan, int contextBytes) {
    config = plan.model().config();
    rows = plan.chunk();
    positions = plan.context();
    this.contextBytes = contextBytes;
    tokens = new Ram("tokens", 4 * rows, true);
    residual = passing("residual", 4L * config.dim() * rows);
    angles = passing("angles", Rotary.angleBytes(config.headSize(), rows));
    for (int layer = 0; layer < config.layers(); layer++) {
      int bytes = KvCache.bytes(config.kvHeads(), config.headSize(), positions);
      caches.add(new Ram("layer " + layer + " KV cache", bytes, true));
    }
    boolean allLogits = plan.inspection() != Inspection.NONE;
    logits = passing("logits", 4L * config.vocabulary() * (allLogits ? rows : 1));
    int draw = Noise.scratchBytes() + TopK.scratchBytes(largestTopK(config));
    sampleScratch = passing("sampling scratch", draw);
  }

  /** New buffers for {@code part}: nothing in the old ones is needed any more. */
  void renew(String part) {
    int heads = config.heads();
    int size = config.headSize();
    int width = config.dim();
    normed = passing(part + " normed", (long) width * rows);
    scales = passing(part + " scales", 4L * rows);
    sums = passing(part + " sums", 4L * width * rows);
    projected = passing(part + " query, key, value", (long) projectedBytes(config) * rows);
    queries = passing(part + " queries", Attention.queryBytes(heads, size, rows));
    context = passing(part + " context", (long) heads * size * rows * contextBytes);
    attentionScratch = passing(part + " scratch", Attention.scratchBytes(size, positions));
    gateUp = passing(part + " gate, up", 8L * config.hidden() * rows);
    hidden = passing(part + " hidden", 2L * config.hidden() * rows);
  }

  /** Activations expanded for the {@link LinearDsp} layer {@code name}. */
  Ram expanded(String name, int inputs, boolean allRows) {
    return passing(name + " inputs", LinearDsp.scratchBytes(inputs, allRows ? rows : 1));
  }

  /** Bytes of a row of queries, keys and values. */
  static int projectedBytes(LlamaConfig config) {
    return 4 * (config.heads() + 2 * config.kvHeads()) * config.headSize();
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

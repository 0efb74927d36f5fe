package dunlin.host.compile;

import dunlin.firmware.Request;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.TransformerShape;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.kernels.Candidate;
import dunlin.kernels.KvCache;
import dunlin.kernels.LinearDsp;
import dunlin.kernels.Noise;
import dunlin.kernels.Rotary;
import dunlin.kernels.TopK;
import java.util.ArrayList;
import java.util.List;

/**
 * The buffers of a Llama decoder's program that outlive a half-block. Shapes: R rows of a pass, E
 * dim, F hidden, H heads, KV groups, P head size, V vocabulary. Sizes are the kernels' own.
 */
final class LlamaBuffers {
  /** What any node has. */
  final NodeBuffers node;

  /** int32 [R × E]. */
  final Ram residual;

  /** Q15 [R × P/2 × (cos, sin)]. */
  final Ram angles;

  /** {@link KvCache}, one for each block. */
  final List<Ram> caches = new ArrayList<>();

  /** int32 [R × V], or [V] for the last row alone. */
  final Ram logits;

  /** {@link Noise}, then a list of {@link Candidate}s. */
  final Ram sampleScratch;

  /** Embedding rows from their owners: at the root one for each row, elsewhere one. */
  final Ram fetched;

  LlamaBuffers(Plan plan, int rank, Sliced sliced) {
    TransformerShape config = plan.model().config();
    int rows = plan.chunk();
    int size = config.headSize();
    int width = config.dim();
    node = NodeBuffers.ofTokens(plan, rank);
    residual = passing("residual", 4L * width * rows);
    angles = passing("angles", Rotary.angleBytes(size, rows));
    for (int layer = 0; layer < config.layers(); layer++) {
      int bytes = KvCache.bytes(sliced.kvHeads(), size, plan.context());
      caches.add(new Ram("layer " + layer + " KV cache", bytes, true));
    }
    boolean allLogits = plan.inspection() != Inspection.NONE;
    logits = passing("logits", 4L * sliced.vocabulary() * (allLogits ? rows : 1));
    int draw = Noise.scratchBytes() + TopK.scratchBytes(largestTopK(config));
    sampleScratch = passing("sampling scratch", draw);
    long fetchedRows = rank == 0 ? rows : 1;
    fetched = passing("fetched embedding rows", fetchedRows * LinearDsp.padded(4 + width));
  }

  /** The largest top-k for which there is scratch. */
  static int largestTopK(TransformerShape config) {
    return Math.min(Request.MAX_TOP_K, config.vocabulary());
  }

  static Ram passing(String name, long bytes) {
    return new Ram(name, Math.toIntExact(bytes), false);
  }
}

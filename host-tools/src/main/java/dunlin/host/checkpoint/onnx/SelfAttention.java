package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Source.Operation;
import java.util.Arrays;

/**
 * Attention: softmax(q·k / √P) · v of some heads, between the projections and the output layer.
 *
 * @param causal whether a token reads itself and those before it only
 * @param context H·P inputs of the output layer, a head after another
 */
record SelfAttention(Heads query, Heads key, Heads value, boolean causal, int[] context) {
  private static final double MASKED = -1e4; // PyTorch's own masks are there, or far below

  /** What queries and keys are made of. */
  Traced queryInput() {
    return query.linear().traced(0);
  }

  Traced valueInput() {
    return value.linear().traced(0);
  }

  /** What the input of the output layer is made of. */
  static SelfAttention of(Parts parts, Traced outputInput) {
    Source context = parts.expect(outputInput, Operation.CONTEXT);
    Source softmax = parts.plain(context.traced(0), Operation.SOFTMAX);
    Traced masked = softmax.traced(0);
    Source scores = parts.expect(masked, Operation.SCORES);
    Heads query = Heads.ofRows(parts, scores.traced(0));
    Heads key = Heads.ofColumns(parts, scores.traced(1));
    Heads value = Heads.ofRows(parts, context.traced(1));
    double scale = scale(parts, masked) * query.scale() * key.scale();
    if (!Tolerance.near(scale, 1 / Math.sqrt(query.headSize()))) {
      throw parts.refusal(scores, "scores are scaled by " + scale + ", not by 1/√P");
    }
    if (!Tolerance.near(value.scale(), 1) || value.rotation() != null) {
      throw parts.refusal(context, "values are scaled or turned");
    }
    boolean alike =
        query.rotation() == null ? key.rotation() == null : query.rotation().as(key.rotation());
    if (!alike || !query.linear().traced(0).same(key.linear().traced(0))) {
      throw parts.refusal(scores, "queries and keys are not of one kind");
    }
    return new SelfAttention(
        query, key, value, causal(parts, masked), order(parts, outputInput, query));
  }

  /** The one factor of all scores that are not masked. */
  private static double scale(Parts parts, Traced masked) {
    double scale = Double.NaN;
    for (int i = 0; i < masked.size(); i++) {
      if (!isMasked(masked, i)) {
        scale = Double.isNaN(scale) ? masked.factor(i, 0) : scale;
        boolean holds =
            masked.terms() == 1
                && masked.index(i, 0) == i
                && masked.offset(i) == 0
                && Tolerance.near(masked.factor(i, 0), scale);
        if (!holds) {
          throw parts.refusal(masked.source(), "scores are moved, or not all alike");
        }
      }
    }
    return scale;
  }

  private static boolean isMasked(Traced scores, int element) {
    return scores.offset(element) <= MASKED;
  }

  private static boolean causal(Parts parts, Traced scores) {
    int tokens = scores.dims()[scores.dims().length - 1];
    boolean all = true;
    boolean causal = true;
    for (int i = 0; i < scores.size(); i++) {
      boolean later = i % tokens > i / tokens % tokens;
      all &= !isMasked(scores, i);
      causal &= isMasked(scores, i) == later;
    }
    if (!all && !causal) {
      throw parts.refusal(scores.source(), "its mask is neither causal nor none");
    }
    return !all;
  }

  /** Which input of the output layer each place of each head is. */
  private static int[] order(Parts parts, Traced input, Heads query) {
    int size = query.headSize();
    int channels = query.heads() * size;
    int rows = input.size() / channels;
    int[] order = new int[channels];
    Arrays.fill(order, -1);
    for (int i = 0; i < input.size(); i++) {
      int row = i / channels;
      int from = input.index(i, 0);
      int place = from < 0 ? -1 : from / (rows * size) * size + from % size;
      boolean holds =
          input.terms() == 1
              && Tolerance.near(input.factor(i, 0), 1)
              && input.offset(i) == 0
              && place >= 0
              && place < channels
              && from / size % rows == row
              && (order[place] < 0 || order[place] == i % channels);
      if (!holds) {
        throw parts.refusal(input.source(), "heads are not joined side by side");
      }
      order[place] = i % channels;
    }
    return order;
  }
}

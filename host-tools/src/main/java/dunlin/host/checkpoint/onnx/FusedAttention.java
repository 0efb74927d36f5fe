package dunlin.host.checkpoint.onnx;

import dunlin.host.checkpoint.onnx.Source.Operation;
import java.util.Arrays;

/**
 * The operator Attention (opset 23): softmax(scale · q·k + mask) · v, in the parts that other
 * graphs spell it with. Queries, keys and values are batch × heads × tokens × places.
 */
final class FusedAttention {
  private FusedAttention() {}

  static Value attention(Call call) {
    Traced query = call.traced(0);
    Traced key = call.traced(1);
    int rank = query.dims().length;
    boolean plain =
        rank == 4
            && key.dims().length == rank
            && call.number("softcap", 0) == 0
            && call.integer("is_causal", 0) == 0
            && !call.has(4)
            && !call.has(5);
    if (!plain) {
      throw call.refusal("it is no plain attention of four extents: cap, past, or own mask");
    }
    int[] order = {0, 1, 3, 2};
    Traced keys =
        key.pick(
            call.room(Layout.permuted(key.dims(), order)), Layout.transposed(key.dims(), order), 0);
    Traced scores = Layers.attended(call, query, keys);
    double[] scale = new double[scores.size()];
    Arrays.fill(scale, call.number("scale", 1 / Math.sqrt(query.dims()[rank - 1])));
    Traced masked = call.has(3) ? masked(call, scores.times(scale)) : scores.times(scale);
    Traced weights = call.makes(Operation.SOFTMAX, 0, masked.dims(), masked);
    return Layers.attended(call, weights, call.traced(2));
  }

  /** A mask of truths has ones where tokens are read; one of numbers to be added has none. */
  private static Traced masked(Call call, Traced scores) {
    double[] mask =
        call.known(Moves.expanded(call, call.input(3), call.room(scores.dims()))).values();
    if (mask.length != scores.size()) {
      throw call.refusal("its mask is larger than its scores");
    }
    boolean truths = Arrays.stream(mask).anyMatch(value -> value == 1);
    return scores.plus(
        truths
            ? Arrays.stream(mask).map(value -> value == 0 ? Double.NEGATIVE_INFINITY : 0).toArray()
            : mask);
  }
}

package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.kernels.LinearDsp;
import dunlin.kernels.SelfAttention;
import dunlin.kernels.WeightLayout;
import java.util.Map;

/**
 * What an encoder's attention counts to ({@link SelfAttention}): its projections are linear layers
 * on tiles of rows, a head at a time; so are scores and context, whatever the layout of weights.
 */
final class SelfAttentionWork {
  private final Map<Quantity, Long> counts;
  private final int heads;
  private final int width;
  private final int queryWidth;
  private final int size;
  private final int together;
  private final int tile;
  private final int layout;
  private final boolean fused;
  private final int outputWidth;
  private final boolean onto;
  private final int positions;

  private SelfAttentionWork(Map<Quantity, Long> counts, Program.Step op, int positions) {
    this.counts = counts;
    this.positions = positions;
    heads = number(op, SelfAttention.HEADS);
    width = number(op, SelfAttention.WIDTH);
    queryWidth = number(op, SelfAttention.QUERY_WIDTH);
    size = number(op, SelfAttention.HEAD_SIZE);
    together = number(op, SelfAttention.HEADS_AT_ONCE);
    tile = number(op, SelfAttention.ROWS_AT_ONCE);
    layout = number(op, SelfAttention.LAYOUT);
    fused = fused(op);
    outputWidth = number(op, SelfAttention.OUTPUT_WIDTH);
    onto = number(op, SelfAttention.ONTO) != 0;
  }

  private static int number(Program.Step op, int parameter) {
    return op.number(Op.SelfAttend.PARAMETERS + parameter);
  }

  /** Whether the input is the keys: other kernels make the scores then. */
  static boolean fused(Program.Step op) {
    return op.part(Op.SelfAttend.PARAMETERS + SelfAttention.KEY_WEIGHTS) == null;
  }

  /** Adds to {@code counts}; each of the {@code positions} rows sees them all. */
  static void count(Map<Quantity, Long> counts, Program.Step op, int positions) {
    new SelfAttentionWork(counts, op, positions).count();
  }

  private void count() {
    for (int head = 0; head < heads; head += together) {
      for (int row = 0; row < positions; row += tile) {
        tile(Math.min(together, heads - head), Math.min(tile, positions - row), head == 0 && !onto);
      }
    }
  }

  /** A tile of rows with {@code group} heads: keys and values first, then all the rest. */
  private void tile(int group, int rows, boolean begins) {
    add(Quantity.ROW, 2L * rows);
    add(Quantity.INPUT, 2L * rows * LinearDsp.padded(width));
    add(Quantity.TILE, group);
    add(Quantity.HEAD, (long) group * rows);
    add(Quantity.CHANNEL, (long) group * rows * (queryWidth + (fused ? 2 : 3) * size));
    add(Quantity.SCORE, (long) group * rows * positions);
    project(group * (fused ? 1 : 2), rows, width, size);
    project(group, rows, width, queryWidth);
    packed(group, rows, fused ? queryWidth : size, positions);
    packed(group, rows, positions, size);
    project(1, rows, group * size, outputWidth);
    add(Quantity.SUM, begins ? 0 : (long) rows * outputWidth);
  }

  /** Linear layers with the node's weights; their rows are counted with the tile. */
  private void project(int times, int rows, int inputs, int outputs) {
    if (layout == WeightLayout.PACKED) {
      packed(times, rows, inputs, outputs);
    } else {
      add(Quantity.OUTPUT, (long) times * rows * outputs);
      add(Quantity.LONE_MAC, (long) times * rows * inputs * outputs);
    }
  }

  /** Linear layers on expanded rows, which go in pairs. */
  private void packed(int times, int rows, int inputs, int outputs) {
    long paired = (long) times * (rows & ~1);
    long single = (long) times * (rows & 1);
    int padded = LinearDsp.padded(inputs);
    int pairs = outputs + 1 & ~1;
    add(Quantity.PAIR, paired >> 1);
    add(Quantity.SHARED_OUTPUT, paired * pairs);
    add(Quantity.SHARED_MAC, paired * padded * pairs);
    add(Quantity.OUTPUT, single * LinearDsp.padded(outputs));
    add(Quantity.MAC, single * padded * LinearDsp.padded(outputs));
  }

  private void add(Quantity quantity, long count) {
    counts.merge(quantity, count, Long::sum);
  }
}

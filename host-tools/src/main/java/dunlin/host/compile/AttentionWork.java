package dunlin.host.compile;

import dunlin.kernels.Attention;
import dunlin.kernels.LinearDsp;
import java.util.Map;

/**
 * What attention's loops count to ({@link Attention}): heads that share keys and values go two at a
 * time, the last of an odd number alone.
 */
final class AttentionWork {
  private AttentionWork() {}

  /** Adds to {@code counts}; row r sees {@code position + r + 1} positions. */
  static void count(
      Map<Quantity, Long> counts, int heads, int kvHeads, int size, int rows, int position) {
    int group = kvHeads == 0 ? 0 : heads / kvHeads;
    long single = (long) kvHeads * (group & 1);
    long paired = heads - single;
    long positions = 0;
    long padded = 0;
    for (int row = 0; row < rows; row++) {
      positions += position + row + 1;
      padded += LinearDsp.padded(position + row + 1);
    }
    long macs = padded * (LinearDsp.padded(size) + size);
    counts.put(Quantity.ROW, (long) rows);
    counts.put(Quantity.HEAD, (long) rows * heads);
    counts.put(Quantity.CHANNEL, (long) rows * heads * size);
    counts.put(Quantity.SCORE, single * positions);
    counts.put(Quantity.SHARED_SCORE, paired * positions);
    counts.put(Quantity.MAC, single * macs);
    counts.put(Quantity.SHARED_MAC, paired * macs);
  }
}

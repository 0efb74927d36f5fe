package dunlin.host.time;

import dunlin.boards.OffChip;
import dunlin.host.compile.Residency;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Fetches a node's weights from off the chip, in the order of the program and around again for the
 * next pass, as far ahead as the buffer has room: a part is given free when it has been computed
 * with. What is larger than half the buffer comes in parts. Times are computed when an op asks,
 * from those of the ops before it.
 */
final class WeightChannel {
  private static final double NANOS = 1e9;

  private final OffChip memory;
  private final Residency residency;
  private final Queue<Part> held = new ArrayDeque<>();
  private double heldBytes;

  /** When the channel has fetched all that was asked of it, in nanoseconds. */
  private double fetched;

  /** Bytes in the buffer, and when they are no longer needed. */
  private record Part(double bytes, double freeAt) {}

  /** The channel of a board whose weights are where {@code residency} has them. */
  WeightChannel(OffChip memory, Residency residency) {
    this.memory = memory;
    this.residency = residency;
  }

  /**
   * How long an op waits for its weights.
   *
   * @param op its index
   * @param bytes of its weights
   * @param from when it could begin
   * @param nanos that it computes
   * @return nanoseconds that it takes longer than it computes
   */
  long waits(int op, long bytes, long from, long nanos) {
    if (bytes == 0 || !residency.streams(op)) {
      return 0;
    }
    return switch (residency.mode()) {
      case RESIDENT -> 0;
      case SERIAL -> (long) Math.ceil(nanos((double) bytes));
      case DOUBLE_BUFFERED -> memory.freePrefetch() ? 0 : streams(bytes, from, nanos);
    };
  }

  private double nanos(double bytes) {
    return NANOS * bytes / memory.bytesPerSecond();
  }

  private long streams(long bytes, long from, long nanos) {
    int parts = (int) Math.ceil(2.0 * bytes / residency.bufferBytes());
    double part = (double) bytes / parts;
    double computed = from;
    for (int i = 0; i < parts; i++) {
      fetch(part);
      computed = Math.max(computed, fetched) + (double) nanos / parts;
      held.add(new Part(part, computed));
      heldBytes += part;
    }
    return Math.max(0, (long) Math.ceil(computed - from - nanos));
  }

  private void fetch(double bytes) {
    while (heldBytes + bytes > residency.bufferBytes() && !held.isEmpty()) {
      Part oldest = held.remove();
      heldBytes -= oldest.bytes();
      fetched = Math.max(fetched, oldest.freeAt());
    }
    fetched += nanos(bytes);
  }
}

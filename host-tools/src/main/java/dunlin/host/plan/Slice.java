package dunlin.host.plan;

import java.util.stream.IntStream;

/**
 * Neighbouring units of one kind: KV groups, feed-forward columns or vocabulary rows.
 *
 * @param first the first unit
 * @param count how many; may be 0
 */
public record Slice(int first, int count) {
  /** The unit after the last. */
  public int end() {
    return first + count;
  }

  /** All of them, in order. */
  public int[] units() {
    return IntStream.range(first, end()).toArray();
  }

  /** Whether {@code unit} is one of them. */
  public boolean contains(int unit) {
    return unit >= first && unit < end();
  }
}

package dunlin.host.plan;

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

  /** Whether {@code unit} is one of them. */
  public boolean contains(int unit) {
    return unit >= first && unit < end();
  }
}

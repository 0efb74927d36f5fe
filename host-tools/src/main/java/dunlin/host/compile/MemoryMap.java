package dunlin.host.compile;

import java.util.List;

/**
 * Where every buffer of a node lies in RAM.
 *
 * @param buffers by region and offset
 * @param regionBytes what the node reserves of each region
 */
public record MemoryMap(List<Placed> buffers, List<Integer> regionBytes) {

  /**
   * A buffer in its place. Buffers may share bytes if no op needs both.
   *
   * @param region RAM region, from 0
   * @param firstOp the first op that touches it
   * @param lastOp the last op that touches it
   */
  public record Placed(String name, int region, int offset, int bytes, int firstOp, int lastOp) {

    boolean overlaps(int otherFirst, int otherLast) {
      return firstOp <= otherLast && otherFirst <= lastOp;
    }
  }

  /** All regions together. */
  public long bytes() {
    return regionBytes.stream().mapToLong(Integer::longValue).sum();
  }
}

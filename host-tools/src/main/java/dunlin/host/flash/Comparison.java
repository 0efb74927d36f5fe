package dunlin.host.flash;

import dunlin.boards.SectorMap;
import dunlin.boards.SectorMap.Sector;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * What of a segment a board holds already, and which sectors must be erased for the rest. A sector
 * is kept where what it holds of the segment is right as far as it goes, and blank from there on:
 * so an interruption left it. It is looked at no further than it takes to know that.
 */
final class Comparison {
  private enum State {
    EQUAL,
    BLANK,
    OTHER
  }

  private final FlashMemory memory;
  private final Segment segment;
  private final IntConsumer done;
  private final State[] states;
  private final SortedSet<Sector> erased = new TreeSet<>(Comparator.comparingInt(Sector::index));
  private long bytesRead;

  private Comparison(FlashMemory memory, Segment segment, IntConsumer done) {
    this.memory = memory;
    this.segment = segment;
    this.done = done;
    states = new State[segment.blocks()];
  }

  /**
   * Compares.
   *
   * @param trustsHeads whether the head of a sealed segment, if it is there, is enough
   * @param done gets the bytes of each block that needs no more looking at
   */
  static Comparison of(
      FlashMemory memory,
      SectorMap sectors,
      Segment segment,
      boolean trustsHeads,
      IntConsumer done) {
    Comparison comparison = new Comparison(memory, segment, done);
    comparison.look(0);
    if (comparison.isThere(0) && trustsHeads && segment.isSealed()) {
      Arrays.fill(comparison.states, State.EQUAL);
      return comparison;
    }
    sectors.touching(segment.address(), segment.bytes().length).forEach(comparison::compare);
    if (!comparison.isThere() && comparison.isThere(0)) {
      comparison.erase(sectors.touching(segment.address(), 1).get(0)); // the head comes last
    }
    return comparison;
  }

  private void compare(Sector sector) {
    int first = Math.max(1, first(sector));
    boolean keeps = first(sector) > 0 || states[0] != State.OTHER;
    for (int block = first; keeps && block < end(sector); block++) {
      look(block);
      keeps = states[block] == State.EQUAL || states[block] == State.BLANK && block > first;
    }
    if (!keeps) {
      erase(sector);
    }
  }

  private void look(int block) {
    byte[] wanted = segment.block(block);
    byte[] found = memory.read(segment.address(block), wanted.length);
    bytesRead += found.length;
    states[block] =
        Arrays.equals(found, wanted)
            ? State.EQUAL
            : Segment.isBlank(found) ? State.BLANK : State.OTHER;
    done.accept(found.length);
  }

  private void erase(Sector sector) {
    erased.add(sector);
    Arrays.fill(states, first(sector), end(sector), State.BLANK);
  }

  /** The first block of the segment in {@code sector}. */
  private int first(Sector sector) {
    return (int) (Math.max(0, sector.address() - segment.address()) / FlashMemory.BLOCK);
  }

  /** The block behind the last of the segment in {@code sector}. */
  private int end(Sector sector) {
    return (int) Math.min(states.length, (sector.end() - segment.address()) / FlashMemory.BLOCK);
  }

  Segment segment() {
    return segment;
  }

  /** What must be erased, the head's sector first. */
  SortedSet<Sector> erased() {
    return erased;
  }

  /** Bytes that were read to find out. */
  long bytesRead() {
    return bytesRead;
  }

  /** Whether the board has a block of the segment. */
  boolean isThere(int block) {
    return states[block] == State.EQUAL;
  }

  /** Whether the board has all of it. */
  boolean isThere() {
    return Arrays.stream(states).allMatch(State.EQUAL::equals);
  }
}

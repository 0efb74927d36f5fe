package dunlin.host.compile;

import com.fasterxml.jackson.annotation.JsonValue;
import dunlin.boards.OffChip;
import dunlin.host.plan.Fetch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a node's weights are when its ops need them: on the chip between passes, or fetched in
 * every pass from memory that is off the chip. A choice that changes no bit and no byte of an
 * image.
 *
 * @param mode how they get there
 * @param residentBytes that stay on the chip
 * @param streamedBytes that a pass fetches
 * @param bufferBytes on the chip for what is fetched; 0 where nothing is
 * @param firstStreamed the first op whose weights are fetched
 */
public record Residency(
    Mode mode, long residentBytes, long streamedBytes, long bufferBytes, int firstStreamed) {
  /** Bytes of two parts of a block: a millisecond's work for a small core, and for a channel. */
  private static final long PARTS = 65_536;

  /** How weights get to where they are needed. */
  public enum Mode {
    /** All of them stay. */
    RESIDENT,
    /** Two blocks, or parts, fit: the next one is fetched while one is computed with. */
    DOUBLE_BUFFERED,
    /** Two do not: an op's weights are fetched, then the op computes. */
    SERIAL;

    /** As reports have it. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether an op's weights are fetched in every pass. */
  public boolean streams(int op) {
    return op >= firstStreamed;
  }

  /**
   * Decides for a node. What fits on the chip stays there: the whole image, if it fits with what is
   * free of the buffer's region; or else, beside a buffer for two blocks, or two parts of them, the
   * weights of the first ops. Rows of an embedding are read where they are. Look-up tables are
   * small, and left out.
   *
   * @param memory off the chip; null where there is none
   * @param imageBytes of the whole image
   * @param free bytes of the buffer's region that the node leaves
   */
  static Residency of(Program program, OffChip memory, long imageBytes, long free, Fetch fetch) {
    List<Program.Step> steps = program.steps();
    long all = bytes(steps);
    if (memory == null || imageBytes <= memory.residentBytes() + Math.max(0, free)) {
      return new Residency(Mode.RESIDENT, all, 0, 0, steps.size());
    }
    long two = fetch == Fetch.PARTS ? Math.min(PARTS, twoBlocks(steps)) : twoBlocks(steps);
    boolean fit = two <= free;
    long room = memory.residentBytes() + (fit ? free - two : 0);
    int first = firstBeyond(steps, room);
    long resident = bytes(steps.subList(0, first));
    return new Residency(
        fit ? Mode.DOUBLE_BUFFERED : Mode.SERIAL, resident, all - resident, fit ? two : 0, first);
  }

  /** The first op whose weights no longer fit; the number of ops where all do. */
  private static int firstBeyond(List<Program.Step> steps, long room) {
    long sum = 0;
    for (int op = 0; op < steps.size(); op++) {
      sum += Workload.wholeBytes(steps.get(op));
      if (sum > room) {
        return op;
      }
    }
    return steps.size();
  }

  private static long bytes(List<Program.Step> steps) {
    return steps.stream().mapToLong(Workload::wholeBytes).sum();
  }

  /** Bytes of the two largest blocks together. */
  private static long twoBlocks(List<Program.Step> steps) {
    Map<Integer, Long> blocks = new HashMap<>();
    for (Program.Step step : steps) {
      if (step.layer() != Program.NO_LAYER) {
        blocks.merge(step.layer(), Workload.wholeBytes(step), Long::sum);
      }
    }
    List<Long> sizes = new ArrayList<>(blocks.values());
    sizes.sort(Collections.reverseOrder());
    return sizes.stream().limit(2).mapToLong(Long::longValue).sum();
  }
}

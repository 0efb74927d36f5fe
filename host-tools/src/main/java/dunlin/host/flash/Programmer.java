package dunlin.host.flash;

import dunlin.boards.SectorMap;
import dunlin.boards.SectorMap.Sector;
import dunlin.boards.Uid;
import dunlin.host.flash.FlashReport.Pace;
import dunlin.host.flock.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The order in which flash is written, whatever leads there: what differs is found out; sectors are
 * erased, that of the last segment's head first; all but the heads is written and read back; then,
 * segment by segment, the heads are.
 */
final class Programmer {
  private final FlashMemory memory;
  private final SectorMap sectors;
  private final Progress progress;
  private final Phases shown;

  /** For what takes no time that people would notice. */
  private final Phases unseen;

  Programmer(FlashMemory memory, SectorMap sectors, Progress progress) {
    this.memory = memory;
    this.sectors = sectors;
    this.progress = progress;
    shown = new Phases(progress, memory::nanoseconds);
    unseen = new Phases(Progress.NONE, memory::nanoseconds);
  }

  /** A block of a segment. */
  private record Block(Segment segment, int index) {
    long address() {
      return segment.address(index);
    }

    byte[] bytes() {
      return segment.block(index);
    }

    boolean isHead() {
      return index == 0;
    }
  }

  /** Writes what differs. */
  FlashReport flash(Uid uid, List<Segment> segments, boolean trustsHeads) {
    long start = memory.nanoseconds();
    List<Comparison> found = compare(segments, trustsHeads);
    Pace compared =
        new Pace(
            found.stream().mapToLong(Comparison::bytesRead).sum(), memory.nanoseconds() - start);
    List<Block> missing = found.stream().flatMap(c -> missing(c).stream()).toList();
    List<Block> bodies = missing.stream().filter(block -> !block.isHead()).toList();
    List<Block> heads = missing.stream().filter(Block::isHead).toList();
    Pace erased = erase(found);
    Pace written = write(shown, bodies);
    Pace readBack = readBack(shown, bodies);
    for (Block head : heads) {
      written = written.plus(write(unseen, List.of(head)));
      readBack = readBack.plus(readBack(unseen, List.of(head)));
    }
    long all = segments.stream().mapToLong(segment -> segment.bytes().length).sum();
    return new FlashReport(uid, all - bytes(missing), compared, erased, written, readBack);
  }

  /** Compares every byte. */
  FlashReport verify(Uid uid, List<Segment> segments) {
    List<Block> all =
        segments.stream()
            .flatMap(s -> IntStream.range(0, s.blocks()).mapToObj(i -> new Block(s, i)))
            .toList();
    Pace compared =
        during(
            shown,
            "comparing",
            all,
            block -> {
              int difference = difference(block);
              if (difference >= 0) {
                throw Phases.differs(memory.name(), block.segment(), block.address() + difference);
              }
            });
    return new FlashReport(uid, compared.bytes(), compared, Pace.NONE, Pace.NONE, Pace.NONE);
  }

  private List<Comparison> compare(List<Segment> segments, boolean trustsHeads) {
    long all = segments.stream().mapToLong(segment -> segment.bytes().length).sum();
    return progress.during(
        "comparing",
        all,
        done -> {
          List<Comparison> found = new ArrayList<>();
          int[] bytes = new int[1];
          IntConsumer count = more -> done.accept(bytes[0] += more);
          for (Segment segment : segments) {
            found.add(Comparison.of(memory, sectors, segment, trustsHeads, count));
          }
          return found;
        });
  }

  private static List<Block> missing(Comparison found) {
    return IntStream.range(0, found.segment().blocks())
        .filter(block -> !found.isThere(block))
        .mapToObj(block -> new Block(found.segment(), block))
        .toList();
  }

  /** The last segment's first: without its header, an image is none. */
  private Pace erase(List<Comparison> found) {
    List<Comparison> lastFirst = new ArrayList<>(found);
    Collections.reverse(lastFirst);
    Set<Sector> erased = new LinkedHashSet<>();
    lastFirst.forEach(comparison -> erased.addAll(comparison.erased()));
    return shown.during("erasing", List.copyOf(erased), Sector::bytes, memory::erase);
  }

  private Pace write(Phases phases, List<Block> blocks) {
    List<Block> notBlank =
        blocks.stream().filter(block -> !Segment.isBlank(block.bytes())).toList();
    return during(
        phases, "writing", notBlank, block -> memory.write(block.address(), block.bytes()));
  }

  private Pace readBack(Phases phases, List<Block> blocks) {
    return during(
        phases,
        "reading back",
        blocks,
        block -> {
          int difference = difference(block);
          if (difference >= 0) {
            throw Phases.notKept(memory.name(), block.address() + difference);
          }
        });
  }

  /** Where a block differs from what the board holds; -1 where it does not. */
  private int difference(Block block) {
    byte[] wanted = block.bytes();
    return Arrays.mismatch(memory.read(block.address(), wanted.length), wanted);
  }

  private static Pace during(Phases phases, String task, List<Block> blocks, Consumer<Block> work) {
    return phases.during(task, blocks, block -> block.bytes().length, work);
  }

  private static long bytes(List<Block> blocks) {
    return blocks.stream().mapToLong(block -> block.bytes().length).sum();
  }
}

package dunlin.host.flash;

import dunlin.boards.Chip;
import dunlin.boards.Refusal;
import dunlin.boards.SectorMap;
import dunlin.boards.Uid;
import dunlin.host.flash.FlashReport.Pace;
import dunlin.host.flock.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Through an ST-LINK, by the programs of others; a job's port is its serial number, or empty. Heads
 * come last, as everywhere. A program that cannot write without erasing writes a head with the rest
 * of its sector, after all other sectors: what an interruption then leaves fails the node's own
 * check of its image.
 */
public final class StLinkFlasher implements Flasher {
  private static final int UID_BYTES = 12;

  private final StLinkTool tool;
  private final Phases phases;

  /**
   * Looks for programs in the folders of PATH.
   *
   * @param progress shows what is written
   * @throws Refusal if there is none
   */
  public StLinkFlasher(Progress progress) {
    this(StLinkTool.path(), progress);
  }

  StLinkFlasher(List<Path> path, Progress progress) {
    tool = StLinkTool.find(path);
    phases = new Phases(progress, System::nanoTime);
  }

  /** A part of a segment, and whether its sectors are erased for it. */
  private record Part(long address, byte[] bytes, boolean erases) {}

  @Override
  public FlashReport flash(FlashJob job) {
    try (StLink link = open(job)) {
      Uid uid = uid(link, job);
      long start = System.nanoTime();
      List<Segment> missing =
          job.segments().stream()
              .filter(segment -> difference(link, segment.address(), segment.bytes()) >= 0)
              .toList();
      Pace compared = pace(job.bytes(), start);
      List<Part> bodies = new ArrayList<>();
      List<Part> heads = new ArrayList<>();
      for (Segment segment : missing) {
        split(link, job, segment, bodies, heads);
      }
      Collections.reverse(bodies); // the image's first: without its header, it is none
      Pace written = write(link, bodies);
      Pace readBack = readBack(link, bodies);
      written = written.plus(write(link, heads));
      readBack = readBack.plus(readBack(link, heads));
      link.reset();
      return new FlashReport(
              uid, job.bytes() - written.bytes(), compared, Pace.NONE, written, readBack)
          .andStarted();
    }
  }

  @Override
  public FlashReport verify(FlashJob job) {
    try (StLink link = open(job)) {
      Uid uid = uid(link, job);
      long start = System.nanoTime();
      job.segments().forEach(segment -> refuseDifference(link, segment));
      return new FlashReport(
          uid, job.bytes(), pace(job.bytes(), start), Pace.NONE, Pace.NONE, Pace.NONE);
    }
  }

  private StLink open(FlashJob job) {
    Chip chip = job.board().chip();
    if (chip.bootloader() == null) {
      throw new Refusal(job.board().name() + " has no ST-LINK", "choose another board, or means");
    }
    return new StLink(tool, chip, job.port());
  }

  private static Uid uid(StLink link, FlashJob job) {
    Uid uid = Uid.read(link.read(job.board().chip().bootloader().uid(), UID_BYTES));
    job.check(uid);
    return uid;
  }

  /** The part to write first, and the part with the head. */
  private static void split(
      StLink link, FlashJob job, Segment segment, List<Part> bodies, List<Part> heads) {
    int sector = SectorMap.of(job.board().chip()).touching(segment.address(), 1).get(0).bytes();
    int first = Math.min(link.appends() ? FlashMemory.BLOCK : sector, segment.bytes().length);
    byte[] head = Arrays.copyOf(segment.bytes(), first);
    byte[] body = Arrays.copyOfRange(segment.bytes(), first, segment.bytes().length);
    if (body.length > 0) {
      bodies.add(new Part(segment.address() + first, body, true));
    }
    boolean isBlank = link.appends() && body.length > 0; // since the body was written
    heads.add(new Part(segment.address(), head, !isBlank));
  }

  private Pace write(StLink link, List<Part> parts) {
    return phases.during(
        "writing",
        parts,
        part -> part.bytes().length,
        part -> {
          if (part.erases()) {
            link.write(part.address(), part.bytes());
          } else {
            link.append(part.address(), part.bytes());
          }
        });
  }

  private Pace readBack(StLink link, List<Part> parts) {
    return phases.during(
        "reading back",
        parts,
        part -> part.bytes().length,
        part -> {
          int difference = difference(link, part.address(), part.bytes());
          if (difference >= 0) {
            throw Phases.notKept(link.name(), part.address() + difference);
          }
        });
  }

  private static void refuseDifference(StLink link, Segment segment) {
    int difference = difference(link, segment.address(), segment.bytes());
    if (difference >= 0) {
      throw Phases.differs(link.name(), segment, segment.address() + difference);
    }
  }

  /** The first byte that differs from what the board holds; -1 where none does. */
  private static int difference(StLink link, long address, byte[] bytes) {
    return Arrays.mismatch(link.read(address, bytes.length), bytes);
  }

  private static Pace pace(long bytes, long start) {
    return new Pace(bytes, System.nanoTime() - start);
  }
}

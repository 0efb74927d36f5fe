package dunlin.host.flash;

import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.Unreadable;
import dunlin.boards.Unwritable;
import dunlin.host.flash.FlashReport.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * A file of what flash holds, from its first byte on, in the place of a board: for QEMU, which
 * cannot program flash. It loads the file where the flash begins. A job's port is its path.
 */
public final class FlashFile implements Flasher {
  @Override
  public FlashReport flash(FlashJob job) {
    long start = System.nanoTime();
    byte[] wanted = contents(job);
    if (mismatch(job, wanted) < 0) {
      return report(wanted.length, pace(wanted, start), Pace.NONE);
    }
    write(Path.of(job.port()), wanted);
    Pace written = pace(wanted, start);
    refuseDifference(job, wanted);
    return report(0, Pace.NONE, written);
  }

  @Override
  public FlashReport verify(FlashJob job) {
    long start = System.nanoTime();
    byte[] wanted = contents(job);
    refuseDifference(job, wanted);
    return report(wanted.length, pace(wanted, start), Pace.NONE);
  }

  private static FlashReport report(long alreadyThere, Pace compared, Pace written) {
    return new FlashReport(null, alreadyThere, compared, Pace.NONE, written, written);
  }

  private static Pace pace(byte[] bytes, long start) {
    return new Pace(bytes.length, System.nanoTime() - start);
  }

  /** Blank between the segments. */
  private static byte[] contents(FlashJob job) {
    long origin = job.board().chip().firmwareFlash().origin();
    Segment last = job.segments().get(job.segments().size() - 1);
    byte[] flash = new byte[(int) (last.address() - origin) + last.bytes().length];
    Arrays.fill(flash, (byte) -1);
    for (Segment segment : job.segments()) {
      int at = (int) (segment.address() - origin);
      System.arraycopy(segment.bytes(), 0, flash, at, segment.bytes().length);
    }
    return flash;
  }

  private static void refuseDifference(FlashJob job, byte[] wanted) {
    int difference = mismatch(job, wanted);
    if (difference >= 0) {
      throw new Refusal(
          job.port() + ": differs from byte " + difference + " on", "dunlin flash writes it");
    }
  }

  /** A file that is not there differs from the start on. */
  private static int mismatch(FlashJob job, byte[] wanted) {
    Path file = Path.of(job.port());
    try {
      return Files.exists(file) ? Arrays.mismatch(Files.readAllBytes(file), wanted) : 0;
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    Path place = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(place);
      try (TemporaryFolder beside = new TemporaryFolder(place, ".dunlin-flash")) {
        Path part = Files.write(beside.path().resolve("flash"), bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new Unwritable(file + ":", e);
    }
  }
}

package dunlin.host.flash;

import dunlin.boards.BoardType;
import dunlin.boards.SectorMap;
import dunlin.boards.Uid;
import dunlin.host.flock.Progress;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialLine;
import dunlin.host.serial.SerialPorts;
import java.util.List;
import java.util.function.Function;

/** Through the bootloader in a board's ROM, over a serial port. */
public final class UartFlasher implements Flasher {
  private final Function<String, SerialLine> lines;
  private final boolean everyByte;
  private final boolean starts;
  private final Progress progress;

  /**
   * Over lines of any kind.
   *
   * @param lines opens the line that a job's port names, with settings 8E1
   * @param everyByte whether all is compared where an image's header is there already
   * @param starts whether the firmware is started when it is written
   */
  public UartFlasher(
      Function<String, SerialLine> lines, boolean everyByte, boolean starts, Progress progress) {
    this.lines = lines;
    this.everyByte = everyByte;
    this.starts = starts;
    this.progress = progress;
  }

  /** Over this computer's serial ports, at {@code baud}. */
  public static UartFlasher at(int baud, boolean everyByte, boolean starts, Progress progress) {
    return new UartFlasher(
        port -> SerialPorts.open(port, LineSettings.of8E1(baud)), everyByte, starts, progress);
  }

  @Override
  public FlashReport flash(FlashJob job) {
    try (SerialLine line = lines.apply(job.port())) {
      Bootloader bootloader = Bootloader.connect(line, job.board());
      FlashReport report =
          programmer(bootloader, job).flash(uid(bootloader, job), segments(job), !everyByte);
      if (!starts) {
        return report;
      }
      bootloader.go(job.segments().get(0).address());
      return report.andStarted();
    }
  }

  @Override
  public FlashReport verify(FlashJob job) {
    try (SerialLine line = lines.apply(job.port())) {
      Bootloader bootloader = Bootloader.connect(line, job.board());
      return programmer(bootloader, job).verify(uid(bootloader, job), segments(job));
    }
  }

  private static Uid uid(Bootloader bootloader, FlashJob job) {
    Uid uid = bootloader.uid().orElse(null);
    job.check(uid);
    return uid;
  }

  private static List<Segment> segments(FlashJob job) {
    int unit = Math.max(4, job.board().flash().programUnit()); // the bootloader takes words
    return job.segments().stream().map(segment -> segment.padded(unit)).toList();
  }

  private Programmer programmer(Bootloader bootloader, FlashJob job) {
    BoardType board = job.board();
    return new Programmer(bootloader, SectorMap.of(board.chip()), progress);
  }
}

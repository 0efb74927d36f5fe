package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Uid;
import dunlin.boards.bootloader.EmulatedBootloader;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlashReport;
import dunlin.host.flash.FlashReport.Pace;
import dunlin.host.flash.UartFlasher;
import dunlin.host.flock.Progress;
import dunlin.host.serial.EmulatedSerialLine;
import dunlin.host.serial.LineSettings;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A full flash of 1 MB at 115,200 baud, by virtual time. The wire's limit is its baud rate over the
 * eleven bits of a byte, all of them payload: what the protocol adds counts against us.
 */
class FlashRateTest {
  private static final int BAUD = 115_200;

  @Test
  void shouldWriteAMegabyteNearTheWiresLimit() {
    FlashReport report = flash(BoardTypes.named("stm32f405"));
    assertEquals(1 << 20, report.write().bytes());
    assertEquals(1 << 20, report.erase().bytes());
    Budget.named("flash-write-rate").check(share(report.write()));
    Budget.named("flash-read-rate").check(share(report.readBack()));
    Budget.named("flash-erase-time").check(report.erase().nanoseconds() / 1e9);
  }

  /** Per cent. */
  private static double share(Pace pace) {
    return 100 * pace.rate() / (BAUD / 11.0);
  }

  private static FlashReport flash(BoardType board) {
    LineSettings settings = LineSettings.of8E1(BAUD);
    EmulatedBootloader bootloader = new EmulatedBootloader(board, BAUD, new Uid(1, 2, 3));
    Random random = new Random(1);
    byte[] firmware = new byte[board.chip().firmwareFlash().bytes()];
    byte[] image = new byte[board.imageBytes()];
    random.nextBytes(firmware);
    random.nextBytes(image);
    UartFlasher flasher =
        new UartFlasher(
            port ->
                new EmulatedSerialLine(
                    port, bootloader.emulation(), bootloader.port(), settings, settings),
            false,
            false,
            Progress.NONE);
    FlashReport report = flasher.flash(FlashJob.of(0, board, "line", null, firmware, image));
    System.out.println(
        board.name() + " " + report + share(report.write()) + " " + share(report.readBack()));
    return report;
  }

  @Test
  void all() {
    for (String b : java.util.List.of("stm32f405", "nucleo-h743zi2", "nucleo-l476rg"))
      flash(BoardTypes.named(b));
  }
}

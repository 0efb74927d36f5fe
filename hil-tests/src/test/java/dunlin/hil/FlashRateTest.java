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
 * A whole flash at 115,200 baud, by virtual time. The wire's limit is its baud rate over the eleven
 * bits of a byte, each of them payload: what the protocol adds, and what the chip takes to program
 * while the wire is idle, counts against us.
 */
class FlashRateTest {
  private static final int BAUD = 115_200;
  private static final int MEGABYTE = 1 << 20;

  @Test
  void shouldWriteAMegabyteNearTheWiresLimit() {
    FlashReport report = flash(BoardTypes.named("stm32f405"));
    assertEquals(MEGABYTE, report.write().bytes());
    assertEquals(MEGABYTE, report.erase().bytes());
    assertEquals(MEGABYTE, report.readBack().bytes());
    Budget.named("flash-write-rate").check(percent(report.write()));
    Budget.named("flash-read-rate").check(percent(report.readBack()));
    Budget.named("flash-erase-time").check(report.erase().nanoseconds() / 1e9);
  }

  @Test
  void shouldWriteAsFastToFlashOfOtherKinds() {
    Budget.named("flash-write-rate-h7")
        .check(percent(flash(BoardTypes.named("nucleo-h743zi2")).write()));
    Budget.named("flash-write-rate-l4")
        .check(percent(flash(BoardTypes.named("nucleo-l476rg")).write()));
  }

  private static double percent(Pace pace) {
    return 100 * pace.rate() / (BAUD / 11.0);
  }

  private static FlashReport flash(BoardType board) {
    LineSettings settings = LineSettings.of8E1(BAUD);
    EmulatedBootloader chip = new EmulatedBootloader(board, BAUD, new Uid(1, 2, 3));
    Random random = new Random(1);
    byte[] firmware = new byte[board.chip().firmwareFlash().bytes()];
    byte[] image = new byte[board.imageBytes()];
    random.nextBytes(firmware);
    random.nextBytes(image);
    UartFlasher flasher =
        new UartFlasher(
            port -> new EmulatedSerialLine(port, chip.emulation(), chip.port(), settings, settings),
            false,
            false,
            Progress.NONE);
    return flasher.flash(FlashJob.of(0, board, "line", null, firmware, image));
  }
}

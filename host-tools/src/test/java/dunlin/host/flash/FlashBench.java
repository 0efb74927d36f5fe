package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import dunlin.boards.bootloader.BootloaderFault;
import dunlin.boards.bootloader.EmulatedBootloader;
import dunlin.host.flock.Progress;
import dunlin.host.serial.EmulatedSerialLine;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialLine;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/** An emulated board in its bootloader, on a cable. */
final class FlashBench {
  static final int BAUD = 115_200;
  static final Uid UID = Uid.parse("0123456789abcdef00112233");
  static final byte OLD = 0x5A;

  private static final LineSettings SETTINGS = LineSettings.of8E1(BAUD);

  final BoardType board;
  final EmulatedBootloader bootloader;

  FlashBench(String board, BootloaderFault... faults) {
    this.board = BoardTypes.named(board);
    bootloader = new EmulatedBootloader(this.board, BAUD, UID, faults);
  }

  /** Its flash full of something. */
  FlashBench used() {
    byte[] flash = bootloader.flash();
    Arrays.fill(flash, OLD);
    bootloader.load(flash);
    return this;
  }

  /** Random bytes: none of their blocks is blank. */
  FlashJob job(int seed, int firmwareBytes, int imageBytes) {
    Random random = new Random(seed);
    byte[] firmware = new byte[firmwareBytes];
    byte[] image = new byte[imageBytes];
    random.nextBytes(firmware);
    random.nextBytes(image);
    return FlashJob.of(0, board, "line", null, firmware, image);
  }

  SerialLine line(LineSettings settings) {
    return new EmulatedSerialLine(
        "line", bootloader.emulation(), bootloader.port(), SETTINGS, settings);
  }

  UartFlasher flasher() {
    return flasher(UnaryOperator.identity());
  }

  /** Over a line with faults. */
  UartFlasher flasher(UnaryOperator<SerialLine> cable) {
    return flasher(cable, false);
  }

  UartFlasher flasher(UnaryOperator<SerialLine> cable, boolean everyByte) {
    return new UartFlasher(port -> cable.apply(line(SETTINGS)), everyByte, false, Progress.NONE);
  }

  /** As boards are flashed that are to run at once. */
  UartFlasher starter() {
    return new UartFlasher(port -> line(SETTINGS), false, true, Progress.NONE);
  }

  /** Plugs the cable in again and presses reset, both of which take people a while. */
  void replug() {
    bootloader.emulation().runUntil(bootloader.emulation().now() + 1_000_000_000);
    bootloader.port().read();
    bootloader.reset();
  }

  String refusal(FlashJob job) {
    return assertThrows(Refusal.class, () -> flasher().flash(job)).getMessage();
  }

  /** What the flash holds where a segment belongs. */
  byte[] held(Segment segment) {
    int from = (int) (segment.address() - board.chip().firmwareFlash().origin());
    return Arrays.copyOfRange(bootloader.flash(), from, from + segment.bytes().length);
  }

  void assertHolds(FlashJob job) {
    job.segments().forEach(s -> assertArrayEquals(s.bytes(), held(s), s.name()));
  }
}

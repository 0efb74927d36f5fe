package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Uid;
import dunlin.boards.bootloader.EmulatedBootloader;
import dunlin.host.flash.FlashJob;
import dunlin.host.flash.FlashReport;
import dunlin.host.flash.Segment;
import dunlin.host.flash.UartFlasher;
import dunlin.host.flock.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our bootloader client and Debian's stm32flash, each against the same emulated bootloader over a
 * pseudo-terminal: what one writes, the other finds there. A pseudo-terminal has no parity bit.
 */
class Stm32flashTest {
  private static final BoardType BOARD = BoardTypes.named("stm32f405");
  private static final Uid UID = new Uid(1, 2, 3);
  private static final int PATIENCE_SECONDS = 120;

  @TempDir private Path folder;
  private EmulatedBootloader board;

  @BeforeEach
  void requireTools() {
    Programs.require("socat", "stm32flash");
    board = new EmulatedBootloader(BOARD, 115_200, UID);
  }

  @Test
  void shouldFindWhatStm32flashWrote() throws Exception {
    FlashJob job = job();
    try (BoardOnTerminal terminal = new BoardOnTerminal(board, folder)) {
      for (Segment segment : job.segments()) {
        Path file = Files.write(folder.resolve(segment.name()), segment.bytes());
        String said = stm32flash("-w", file.toString(), "-v", "-S", at(segment), terminal.path());
        assertTrue(said.contains("Device ID    : 0x0413 (STM32F40xxx/41xxx)"), said);
      }
      FlashReport found = flasher().verify(at(terminal, job));
      assertEquals(UID, found.uid());
      assertEquals(0, flasher().flash(at(terminal, job)).write().bytes(), "all is there");
    }
    assertHolds(job);
  }

  @Test
  void shouldWriteWhatStm32flashFinds() throws Exception {
    FlashJob job = job();
    try (BoardOnTerminal terminal = new BoardOnTerminal(board, folder)) {
      assertEquals(23_000, flasher().flash(at(terminal, job)).write().bytes());
      for (Segment segment : job.segments()) {
        Path file = folder.resolve("read-" + segment.name());
        stm32flash("-r", file.toString(), "-S", at(segment), terminal.path());
        assertArrayEquals(segment.bytes(), Files.readAllBytes(file), segment.name());
      }
    }
    assertHolds(job);
  }

  private static UartFlasher flasher() {
    return UartFlasher.at(115_200, false, false, Progress.NONE);
  }

  private static FlashJob job() {
    byte[] firmware = new byte[3000];
    byte[] image = new byte[20_000];
    Random random = new Random(1);
    random.nextBytes(firmware);
    random.nextBytes(image);
    return FlashJob.of(0, BOARD, "", null, firmware, image);
  }

  private static FlashJob at(BoardOnTerminal terminal, FlashJob job) {
    return new FlashJob(job.rank(), job.board(), terminal.path(), UID, job.segments());
  }

  /** {@code ADDRESS:BYTES}. */
  private static String at(Segment segment) {
    return "0x%08x:%d".formatted(segment.address(), segment.bytes().length);
  }

  private String stm32flash(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("stm32flash", "-b", "115200", "-m", "8n1"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "stm32flash does not end");
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    assertEquals(0, process.exitValue(), said);
    return said;
  }

  private void assertHolds(FlashJob job) {
    byte[] flash = board.flash();
    for (Segment segment : job.segments()) {
      int from = (int) (segment.address() - BOARD.chip().firmwareFlash().origin());
      byte[] held = Arrays.copyOfRange(flash, from, from + segment.bytes().length);
      assertArrayEquals(segment.bytes(), held, segment.name());
    }
  }
}

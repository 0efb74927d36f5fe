package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.bootloader.BootloaderFault.EraseRefused;
import dunlin.boards.bootloader.BootloaderFault.ReadProtected;
import dunlin.boards.bootloader.BootloaderFault.Silent;
import dunlin.boards.bootloader.BootloaderFault.WholeBlocks;
import dunlin.boards.bootloader.BootloaderFault.WriteLost;
import dunlin.boards.bootloader.BootloaderFault.WriteRefused;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.LineSettings.Parity;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bootloader or the line does wrong ends in one line with a remedy, in bounded time.
 */
class BootloaderRefusalTest {
  private static final String F405 = "stm32f405";
  private static final String SEE_TO_CHIP =
      ": see that it is the right --board, not write-protected, and its supply is good";

  private static FlashJob job(FlashBench bench) {
    return bench.job(1, 1000, 3000);
  }

  @Test
  void shouldNameTheBlockThatCannotBeWritten() {
    // Block 0 of each segment comes last: firmware 1, 2, 3, image 1 to 11, then the heads.
    for (int write = 0; write < 16; write++) {
      FlashBench bench =
          new FlashBench(
              F405,
              new WriteRefused(write),
              new WriteRefused(write + 1),
              new WriteRefused(write + 2));
      int block = write < 3 ? write + 1 : write < 14 ? write - 2 : 0;
      long segment = write < 3 || write == 14 ? 0x0800_0000L : 0x0801_0000L;
      String where = "0x%08x".formatted(segment + 256L * block);
      assertEquals(
          "line: " + where + " cannot be written" + SEE_TO_CHIP, bench.refusal(job(bench)));
    }
  }

  @Test
  void shouldSendABlockAgainThatWasRefusedOnce() {
    FlashBench bench = new FlashBench(F405, new WriteRefused(5));
    FlashJob job = job(bench);
    bench.flasher().flash(job);
    bench.assertHolds(job);
  }

  /** Wherever a bit is inverted: it is sent again, or the line says why not, in bounded time. */
  @Test
  void shouldSurviveOrNameADamagedByte() {
    int survived = 0;
    for (int damaged = 0; damaged < 1000; damaged += 7) {
      int at = damaged;
      FlashBench bench = new FlashBench(F405);
      FlashJob job = job(bench);
      try {
        bench.flasher(line -> FaultyLine.damagedAt(at, line)).flash(job);
        survived++;
      } catch (Refusal refusal) {
        assertTrue(refusal.getMessage().startsWith("line: "), refusal.getMessage());
        bench.replug();
        bench.flasher().flash(job);
      }
      bench.assertHolds(job);
    }
    assertTrue(survived > 100, survived + " of 143");
  }

  @Test
  void shouldNoticeAWriteThatDoesNotStick() {
    FlashBench bench = new FlashBench(F405, new WriteLost(4));
    assertEquals(
        "line: 0x08010200 does not hold what was written to it: "
            + "start again; if it stays so, the flash is worn out or its supply is bad",
        bench.refusal(job(bench)));
  }

  @Test
  void shouldNameTheSectorThatCannotBeErased() {
    FlashBench bench = new FlashBench(F405, new EraseRefused());
    assertEquals(
        "line: the sector at 0x08010000 cannot be erased" + SEE_TO_CHIP, bench.refusal(job(bench)));
  }

  @Test
  void shouldSayThatTheChipIsReadProtected() {
    FlashBench bench = new FlashBench(F405, new ReadProtected());
    assertEquals(
        "line: the chip is read-protected (RDP): lift that with a programmer, which erases all: "
            + "STM32_Programmer_CLI -c port=SWD -rdu",
        bench.refusal(job(bench)));
  }

  @Test
  void shouldSayThatItIsAnotherChip() {
    FlashBench bench = new FlashBench(F405);
    BoardType other = BoardTypes.named("nucleo-l476rg");
    FlashJob job = FlashJob.of(0, other, "line", null, new byte[100], new byte[100]);
    assertEquals(
        "line: the chip calls itself 0x413, and a nucleo-l476rg is 0x415: "
            + "say with --board which it is",
        bench.refusal(job));
  }

  @Test
  void shouldNameSilenceAtAnyCommandInBoundedTime() {
    for (int command = 0; command < 40; command++) {
      FlashBench bench = new FlashBench(F405, new Silent(command));
      assertEquals(
          "line: the bootloader fell silent: press reset with BOOT0 high, and start again: "
              + "what was written is kept",
          bench.refusal(job(bench)));
      long seconds = bench.bootloader.emulation().now() / 1_000_000_000;
      assertTrue(seconds < 30, seconds + " s at command " + command);
    }
  }

  @Test
  void shouldSayThatNothingAnswersAtOtherSettings() {
    FlashBench bench = new FlashBench(F405);
    for (LineSettings wrong :
        new LineSettings[] {
          LineSettings.of8N1(FlashBench.BAUD),
          LineSettings.of8E1(9600),
          new LineSettings(FlashBench.BAUD, 8, Parity.ODD, 1)
        }) {
      assertEquals(
          "line: no bootloader answers: press reset with BOOT0 high, and see that the wires RX "
              + "and TX cross",
          assertThrows(Refusal.class, () -> Bootloader.connect(bench.line(wrong), bench.board))
              .getMessage());
    }
  }

  @Test
  void shouldConnectToABootloaderThatWasSpokenToBefore() {
    FlashBench bench = new FlashBench(F405);
    LineSettings settings = LineSettings.of8E1(FlashBench.BAUD);
    for (int i = 0; i < 3; i++) {
      Bootloader bootloader = Bootloader.connect(bench.line(settings), bench.board);
      assertEquals(FlashBench.UID, bootloader.uid().orElseThrow());
    }
  }

  @Test
  void shouldReadTheUidWhereOnlyWholeBlocksCanBeRead() {
    FlashBench bench = new FlashBench(F405, new WholeBlocks());
    Bootloader bootloader =
        Bootloader.connect(bench.line(LineSettings.of8E1(FlashBench.BAUD)), bench.board);
    assertEquals(FlashBench.UID, bootloader.uid().orElseThrow());
  }

  @Test
  void shouldLeaveTheBootloaderForTheFirmware() {
    FlashBench bench = new FlashBench(F405);
    Bootloader bootloader =
        Bootloader.connect(bench.line(LineSettings.of8E1(FlashBench.BAUD)), bench.board);
    bootloader.go(0x0800_0000);
    assertThrows(Refusal.class, bootloader::uid, "it is gone");
    bench.replug();
    Bootloader again =
        Bootloader.connect(bench.line(LineSettings.of8E1(FlashBench.BAUD)), bench.board);
    assertEquals(
        "line: all is written, but 0x20000000 cannot be started: take BOOT0 low, and press reset",
        assertThrows(Refusal.class, () -> again.go(0x2000_0000)).getMessage());
  }
}

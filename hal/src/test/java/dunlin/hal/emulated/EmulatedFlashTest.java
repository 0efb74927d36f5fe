package dunlin.hal.emulated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.emulated.BoardSpec.FlashSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatedFlashTest {
  private final Schedule schedule = new Schedule();
  private final EmulatedFlash flash = new EmulatedFlash(schedule, Specs.FLASH);
  private final byte[] data = new byte[256];
  private Schedule later;

  @Test
  void shouldProgramErasedUnitsWhenTheirTimeHasPassed() {
    assertTrue(flash.program(64, data, 0, 16));
    assertTrue(flash.busy());
    assertEquals(2_000, flash.idleAt());
    schedule.advance(1_999);
    assertEquals(-1, flash.bytes()[64], "reads are undefined, and differ from what will be");
    schedule.advance(2_000);
    assertFalse(flash.busy());
    assertEquals(0, flash.bytes()[79]);
    assertEquals(-1, flash.bytes()[80]);
  }

  @Test
  void shouldEraseTheWholeSectorAndNoOther() {
    flash.load(data);
    assertTrue(flash.erase(100));
    schedule.advance(1_000_000);
    byte[] expected = new byte[256];
    Arrays.fill(expected, 64, 128, (byte) -1);
    assertArrayEquals(expected, flash.bytes());
  }

  @Test
  void shouldDoOneThingAtATime() {
    assertTrue(flash.erase(0));
    assertFalse(flash.erase(64));
    assertFalse(flash.program(128, data, 0, 8));
    schedule.advance(1_000_000);
    assertTrue(flash.program(128, data, 0, 8));
  }

  @ParameterizedTest
  @CsvSource({"4, 8", "8, 4", "-8, 8", "0, -8", "256, 8", "0, 264", "248, 16"})
  void shouldRefuseToProgramWhatIsUnalignedOrOutside(int offset, int count) {
    assertFalse(flash.program(offset, data, 0, count));
    assertFalse(flash.busy());
  }

  @Test
  void shouldRefuseToProgramWhatIsNotErased() {
    byte[] image = new byte[32];
    Arrays.fill(image, (byte) -1);
    image[15] = 127;
    flash.load(image);
    assertFalse(flash.program(8, data, 0, 8));
    assertFalse(flash.program(0, data, 0, 32));
    assertTrue(flash.program(16, data, 0, 8));
  }

  @Test
  void shouldRefuseToEraseOutside() {
    assertFalse(flash.erase(-1));
    assertFalse(flash.erase(256));
  }

  @Test
  void shouldLeaveAUnitHalfProgrammedWhenItIsInterrupted() {
    boolean torn = false;
    for (int nanos = 3_000; nanos < 4_000; nanos += 100) {
      EmulatedFlash cut = new EmulatedFlash(schedule(nanos), Specs.FLASH);
      assertTrue(cut.program(0, data, 0, 64));
      later.advance(2L * nanos);
      cut.interrupt();
      assertFalse(cut.busy());
      byte[] bytes = cut.bytes();
      assertArrayEquals(new byte[24], Arrays.copyOf(bytes, 24), "units before are done");
      assertEquals(-1, bytes[32], "units behind are erased");
      torn |= bytes[24] != 0 && bytes[24] != -1;
    }
    assertTrue(torn);
  }

  @Test
  void shouldLeaveASectorHalfErasedWhenItIsInterrupted() {
    byte[] old = new byte[256];
    Arrays.fill(old, (byte) 0x5a);
    int kept = 0;
    int erased = 0;
    for (int nanos = 1; nanos <= 10; nanos++) {
      EmulatedFlash cut = new EmulatedFlash(schedule(nanos), Specs.FLASH);
      cut.load(old);
      cut.erase(64);
      later.advance(nanos + 500_000L);
      cut.interrupt();
      byte[] bytes = cut.bytes();
      for (int i = 64; i < 128; i++) {
        kept += bytes[i] == 0x5a ? 1 : 0;
        erased += bytes[i] == -1 ? 1 : 0;
      }
      Arrays.fill(bytes, 64, 128, (byte) 0x5a);
      assertArrayEquals(old, bytes, "other sectors are as they were");
    }
    assertTrue(kept > 100 && erased > 100 && kept + erased < 600, kept + " and " + erased);
  }

  /** Guesses follow from the time at which an operation is interrupted. */
  private Schedule schedule(long now) {
    later = new Schedule();
    later.advance(now);
    return later;
  }

  @Test
  void shouldEraseWhatALoadedImageDoesNotCover() {
    flash.load(data);
    flash.load(new byte[] {5});
    assertEquals(5, flash.bytes()[0]);
    assertEquals(-1, flash.bytes()[1]);
  }

  @Test
  void shouldRefuseAnImpossibleGeometry() {
    assertThrows(IllegalArgumentException.class, () -> new FlashSpec(256, 8, 60, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FlashSpec(250, 8, 64, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FlashSpec(256, 0, 64, 0, 0));
  }

  @Test
  void shouldWakeItsMachineWhenItIsIdleAgain() {
    Emulation emulation = new Emulation();
    long[] woken = new long[1];
    Script script =
        (board, now, wake) -> {
          woken[0] = now;
          wake.flashIdle = now == 0 && board.flash().erase(0);
        };
    script.on(emulation, "a", 0);
    emulation.runUntil(5_000_000);
    assertEquals(1_000_000, woken[0]);
  }
}

package dunlin.boards.stm32f4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.cortexm.RegisterModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against RM0090, 3.9: reset values, and a lock. */
class ImageFlashTest {
  private static final int KEY = 0x40023C04;
  private static final int STATUS = 0x40023C0C;
  private static final int CONTROL = 0x40023C10;
  private static final int LOCKED = 1 << 31;
  private static final int START = 1 << 16;
  private static final List<Integer> KEYS = List.of(0x45670123, 0xCDEF89AB);

  private final byte[] image = new byte[983_040];
  private static final int ACCESS = 0x40023C00;
  private final RegisterModel registers =
      new RegisterModel().reset(CONTROL, LOCKED).reset(ACCESS, 0x705);
  private final ImageFlash flash = new ImageFlash(registers, image);

  @BeforeEach
  void erase() {
    Arrays.fill(image, (byte) -1);
  }

  /** Table 5: sector 4 starts at 0x08010000, sector 5 at 0x08020000, sector 11 at 0x080E0000. */
  @ParameterizedTest
  @CsvSource({"0, 4, 65536", "65535, 4, 65536", "65536, 5, 131072", "983039, 11, 131072"})
  void shouldEraseTheSectorThatHoldsAnOffset(int offset, int sector, int bytes) {
    assertEquals(bytes, flash.sectorBytes(offset));
    assertTrue(flash.erase(offset));
    assertEquals(KEYS, registers.written(KEY));
    int chosen = 1 << 1 | 2 << 8 | sector << 3;
    assertEquals(List.of(chosen, chosen | START, LOCKED), registers.written(CONTROL));
  }

  @Test
  void shouldProgramWords() {
    assertTrue(flash.program(8, new byte[] {9, 1, 2, 3, 4, 5, 6, 7, 8}, 1, 8));
    assertEquals(0x04030201, registers.value(0x0801_0008));
    assertEquals(0x08070605, registers.value(0x0801_000C));
    assertEquals(List.of(1 | 2 << 8, LOCKED), registers.written(CONTROL));
  }

  @Test
  void shouldForgetCachedDataWithTheCacheOff() {
    flash.erase(0);
    assertEquals(List.of(0x305, 0x1305, 0x705), registers.written(ACCESS));
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    byte[] bytes = new byte[8];
    assertFalse(flash.program(2, bytes, 0, 4), "unaligned");
    assertFalse(flash.program(image.length, bytes, 0, 4), "outside");
    assertFalse(flash.erase(image.length), "no such sector");
    image[5] = 0;
    assertFalse(flash.program(4, bytes, 0, 4), "not erased");
    registers.reset(STATUS, 1 << 16);
    assertTrue(flash.busy());
    assertFalse(flash.erase(0), "busy");
    assertEquals(List.of(), registers.written(CONTROL));
  }

  @Test
  void shouldRefuseWhereThereIsNoController() {
    ImageFlash readOnly = new ImageFlash(new RegisterModel(), image);
    assertFalse(readOnly.erase(0));
    assertFalse(readOnly.program(0, new byte[4], 0, 4));
  }
}

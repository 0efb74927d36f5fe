package dunlin.boards.stm32f4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.Registers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against RM0090, 10.5. */
class DmaStreamTest {
  private static final int DMA2 = 0x4002_6400;
  private static final int STREAM_2 = DMA2 + 0x40;
  private static final int ENABLE = 1;

  private final RegisterModel registers = new RegisterModel();
  private final Registers access = new Registers(registers);

  @Test
  void shouldMoveBytesFromAPeripheralAndInterruptAtTheEnd() {
    new DmaStream(access, DMA2, 2, 3, false).start(0x4001_300C, 0x2000_1000, 276);
    assertEquals(0x4001_300C, registers.value(STREAM_2 + 0x08));
    assertEquals(0x2000_1000, registers.value(STREAM_2 + 0x0C));
    assertEquals(276, registers.value(STREAM_2 + 0x04));
    int control = 3 << 25 | 1 << 10 | 1 << 4;
    assertEquals(List.of(control, control | ENABLE), registers.written(STREAM_2));
    assertTrue(registers.order().indexOf(STREAM_2 + 0x04) < registers.order().indexOf(STREAM_2));
  }

  @Test
  void shouldMoveBytesFromMemory() {
    new DmaStream(access, DMA2, 2, 3, true).start(0x4001_300C, 0x2000_1000, 4);
    assertEquals(3 << 25 | 1 << 10 | 1 << 6 | ENABLE, registers.value(STREAM_2));
  }

  /** LIFCR and HIFCR. */
  @ParameterizedTest
  @CsvSource({
    "0, 0x08, 0x3D",
    "1, 0x08, 0xF40",
    "3, 0x08, 0xF400000",
    "4, 0x0C, 0x3D",
    "6, 0x0C, 0x3D0000"
  })
  void shouldClearItsOwnFlags(int stream, int register, int flags) {
    new DmaStream(access, DMA2, stream, 0, true).stop();
    assertEquals(flags, registers.value(DMA2 + register));
  }

  @Test
  void shouldSayWhatIsLeft() {
    registers.reset(STREAM_2 + 0x04, 17);
    assertEquals(17, new DmaStream(access, DMA2, 2, 3, true).left());
  }

  /** EN reads 1 until the byte under way has been moved (10.3.17). */
  @Test
  void shouldWaitUntilItHasStoppedButNotForEver() {
    int[] reads = {0};
    registers.reading(
        STREAM_2,
        control -> {
          reads[0]++;
          return control | ENABLE;
        });
    new DmaStream(access, DMA2, 2, 3, true).stop();
    assertTrue(reads[0] > 1);
    assertEquals(0x3D << 16, registers.value(DMA2 + 0x08));
  }
}

package dunlin.boards.stm32l4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.boards.cortexm.RegisterModel;
import dunlin.boards.cortexm.Registers;
import org.junit.jupiter.api.Test;

/** Against RM0351, 11.6. */
class DmaChannelTest {
  private static final int DMA1 = 0x4002_0000;
  private static final int CLEAR = DMA1 + 0x04;
  private static final int SELECTION = DMA1 + 0xA8;
  private static final int CHANNEL_2 = DMA1 + 0x1C;

  private final RegisterModel registers = new RegisterModel();
  private final Registers access = new Registers(registers);

  @Test
  void shouldMoveBytesFromAPeripheralAndInterruptAtTheEnd() {
    registers.reset(SELECTION, 0x0000_0700);
    new DmaChannel(access, DMA1, 2, 1, false).start(0x4001_300C, 0x2000_1000, 276);
    assertEquals(0x0000_0710, registers.value(SELECTION), "leaves the other channels");
    assertEquals(0x4001_300C, registers.value(CHANNEL_2 + 0x08));
    assertEquals(0x2000_1000, registers.value(CHANNEL_2 + 0x0C));
    assertEquals(276, registers.value(CHANNEL_2 + 0x04));
    assertEquals(1 << 7 | 1 << 1 | 1, registers.value(CHANNEL_2));
  }

  @Test
  void shouldMoveBytesFromMemory() {
    new DmaChannel(access, DMA1, 2, 1, true).start(0x4001_300C, 0x2000_1000, 4);
    assertEquals(1 << 7 | 1 << 4 | 1, registers.value(CHANNEL_2));
  }

  @Test
  void shouldClearItsOwnFlagsWhenItStops() {
    DmaChannel channel = new DmaChannel(access, DMA1, 2, 1, false);
    registers.reset(CHANNEL_2 + 0x04, 17);
    assertEquals(17, channel.left());
    channel.stop();
    assertEquals(0xF0, registers.value(CLEAR));
    assertEquals(1 << 7 | 1 << 1, registers.value(CHANNEL_2));
  }
}

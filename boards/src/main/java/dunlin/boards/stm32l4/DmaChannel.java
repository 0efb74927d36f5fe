package dunlin.boards.stm32l4;

import dunlin.boards.cortexm.Registers;
import dunlin.boards.stm32.DmaLane;

/** A channel of the DMA controller (RM0351, 11.6), moving bytes. */
final class DmaChannel implements DmaLane {
  private static final int CLEAR = 0x04;
  private static final int ALL_FLAGS = 15;

  private static final int FIRST_CHANNEL = 0x08;
  private static final int CHANNEL_BYTES = 0x14;
  private static final int CONTROL = 0x00;
  private static final int ENABLE = 1;
  private static final int INTERRUPT_WHEN_COMPLETE = 1 << 1;
  private static final int FROM_MEMORY = 1 << 4;
  private static final int NEXT_IN_MEMORY = 1 << 7;
  private static final int LEFT = 0x04;
  private static final int PERIPHERAL = 0x08;
  private static final int MEMORY = 0x0C;

  private static final int SELECTION = 0xA8;

  private final Registers registers;
  private final int base;
  private final int channel;
  private final int flags;
  private final int control;

  /**
   * A channel.
   *
   * @param base of the controller
   * @param number of the channel, 1 to 7
   * @param request number of the peripheral's request, 0 to 7
   * @param sending from memory; else to it, with an interrupt at the end
   */
  DmaChannel(Registers registers, int base, int number, int request, boolean sending) {
    this.registers = registers;
    this.base = base;
    int index = number - 1;
    channel = base + FIRST_CHANNEL + index * CHANNEL_BYTES;
    flags = ALL_FLAGS << (index << 2);
    control = NEXT_IN_MEMORY | (sending ? FROM_MEMORY : INTERRUPT_WHEN_COMPLETE);
    registers.field(base + SELECTION, index << 2, 15, request);
  }

  @Override
  public void start(int register, int memory, int count) {
    registers.write(base + CLEAR, flags);
    registers.write(channel + PERIPHERAL, register);
    registers.write(channel + MEMORY, memory);
    registers.write(channel + LEFT, count);
    registers.write(channel + CONTROL, control | ENABLE);
  }

  @Override
  public int left() {
    return registers.read(channel + LEFT);
  }

  @Override
  public void stop() {
    registers.write(channel + CONTROL, control);
    registers.write(base + CLEAR, flags);
  }
}

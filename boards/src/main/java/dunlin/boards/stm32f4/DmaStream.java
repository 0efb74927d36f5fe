package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.Registers;
import dunlin.boards.stm32.DmaLane;

/** A stream of the DMA controller (RM0090, 10.5), moving bytes. */
final class DmaStream implements DmaLane {
  private static final int CLEAR = 0x08;
  private static final int ALL_FLAGS = 0x3D;

  private static final int FIRST_STREAM = 0x10;
  private static final int STREAM_BYTES = 0x18;
  private static final int CONTROL = 0x00;
  private static final int ENABLE = 1;
  private static final int INTERRUPT_WHEN_COMPLETE = 1 << 4;
  private static final int FROM_MEMORY = 1 << 6;
  private static final int NEXT_IN_MEMORY = 1 << 10;
  private static final int CHANNEL_SHIFT = 25;
  private static final int LEFT = 0x04;
  private static final int PERIPHERAL = 0x08;
  private static final int MEMORY = 0x0C;

  private final Registers registers;
  private final int stream;
  private final int clear;
  private final int flags;
  private final int control;

  /**
   * A stream.
   *
   * @param base of the controller
   * @param number of the stream, 0 to 7
   * @param channel the request, 0 to 7
   * @param sending from memory; else to it, with an interrupt at the end
   */
  DmaStream(Registers registers, int base, int number, int channel, boolean sending) {
    this.registers = registers;
    stream = base + FIRST_STREAM + number * STREAM_BYTES;
    clear = base + CLEAR + (number >> 2 << 2);
    flags = ALL_FLAGS << ((number & 1) * 6 + (number >> 1 & 1) * 16);
    int way = sending ? FROM_MEMORY : INTERRUPT_WHEN_COMPLETE;
    control = channel << CHANNEL_SHIFT | NEXT_IN_MEMORY | way;
  }

  @Override
  public void start(int register, int memory, int count) {
    registers.write(clear, flags);
    registers.write(stream + PERIPHERAL, register);
    registers.write(stream + MEMORY, memory);
    registers.write(stream + LEFT, count);
    registers.write(stream + CONTROL, control);
    registers.write(stream + CONTROL, control | ENABLE);
  }

  @Override
  public int left() {
    return registers.read(stream + LEFT);
  }

  /** It stops after the byte that it is moving (10.3.17). */
  @Override
  public void stop() {
    registers.write(stream + CONTROL, control);
    registers.becomes(stream + CONTROL, ENABLE, 0);
    registers.write(clear, flags);
  }
}

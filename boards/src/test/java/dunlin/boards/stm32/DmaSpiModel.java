package dunlin.boards.stm32;

import dunlin.boards.cortexm.RegisterModel;

/**
 * SPI of the first two generations (RM0090, 28; RM0351, 42) and the two lanes of a DMA controller
 * that serve it: the sender fills the data register whenever it is empty.
 */
final class DmaSpiModel implements SpiWires.ShiftRegisters {
  private static final int CONTROL_1 = SpiWires.BASE;
  private static final int CONTROL_2 = SpiWires.BASE + 0x04;
  private static final int RESET = 0x4002_3824;
  private static final int ON = 1 << 6;
  private static final int EMPTY = -1;

  private final RegisterModel registers;
  private final Lane receiver;
  private final Lane sender;
  private final int width;
  private int toSend = EMPTY;
  private boolean complete;

  /** Registers of a lane, by their addresses. */
  record Lane(int control, int left, int memory) {}

  /**
   * A model.
   *
   * @param clear the DMA controller's register that clears flags
   * @param width what CR2 must say beside DMA
   */
  DmaSpiModel(RegisterModel registers, Lane receiver, Lane sender, int clear, int width) {
    this.registers = registers;
    this.receiver = receiver;
    this.sender = sender;
    this.width = width;
    registers.writing(clear, flags -> complete = false);
    registers.writing(RESET, bits -> reset(bits != 0));
  }

  private void reset(boolean asserted) {
    if (asserted) {
      registers.reset(CONTROL_1, 0).reset(CONTROL_2, 0);
      toSend = EMPTY;
    }
  }

  private boolean on(int dmaBit) {
    boolean enabled = (registers.value(CONTROL_1) & ON) != 0;
    int control = registers.value(CONTROL_2);
    if (enabled && (control & ~3) != width) {
      throw new IllegalStateException("not of eight bits: CR2 is " + Integer.toHexString(control));
    }
    return enabled && (control & dmaBit) != 0;
  }

  private int move(Lane lane, int value) {
    int left = registers.value(lane.left);
    int address = registers.value(lane.memory);
    byte[] array = registers.arrayAt(address);
    int index = RegisterModel.indexAt(address);
    if (value >= 0) {
      array[index] = (byte) value;
    }
    registers.reset(lane.memory, address + 1).reset(lane.left, left - 1);
    if (left == 1) {
      registers.reset(lane.control, registers.value(lane.control) & ~1);
    }
    return array[index] & 0xff;
  }

  private boolean moves(Lane lane) {
    return (registers.value(lane.control) & 1) != 0 && registers.value(lane.left) > 0;
  }

  private void fill() {
    if (toSend == EMPTY && on(2) && moves(sender)) {
      toSend = move(sender, EMPTY);
    }
  }

  @Override
  public boolean hasByte() {
    fill();
    return toSend != EMPTY && (registers.value(CONTROL_1) & ON) != 0;
  }

  @Override
  public int shiftOut() {
    boolean driven = hasByte();
    int value = driven ? toSend : 0xff;
    if (driven) {
      toSend = EMPTY;
      fill();
    }
    return value;
  }

  @Override
  public void shiftIn(int value) {
    if (on(1) && moves(receiver)) {
      move(receiver, value);
      complete |= registers.value(receiver.left) == 0;
    }
  }

  @Override
  public boolean interrupts() {
    return complete;
  }
}

package dunlin.boards.stm32;

import dunlin.boards.cortexm.RegisterModel;
import java.util.ArrayDeque;
import java.util.Queue;

/** SPI of the third generation (RM0433, 50): queues, and a count of what is to be clocked. */
final class FifoSpiModel implements SpiWires.ShiftRegisters {
  private static final int CONTROL_1 = SpiWires.BASE;
  private static final int CONTROL_2 = SpiWires.BASE + 0x04;
  private static final int INTERRUPTS = SpiWires.BASE + 0x10;
  private static final int STATUS = SpiWires.BASE + 0x14;
  private static final int CLEAR = SpiWires.BASE + 0x18;
  private static final int DATA_TO_SEND = SpiWires.BASE + 0x20;
  private static final int RECEIVED_DATA = SpiWires.BASE + 0x30;
  private static final int ON = 1;
  private static final int STARTED = 1 << 9;
  private static final int END = 1 << 3;

  private final RegisterModel registers;
  private final int depth;
  private final Queue<Integer> toSend = new ArrayDeque<>();
  private final Queue<Integer> received = new ArrayDeque<>();
  private int clocked;
  private boolean ended;

  /**
   * A model.
   *
   * @param depth of its queues, 8 or 16
   */
  FifoSpiModel(RegisterModel registers, int depth) {
    this.registers = registers;
    this.depth = depth;
    registers.writing(CONTROL_1, this::control);
    registers.writing(DATA_TO_SEND, toSend::add);
    registers.writing(CLEAR, flags -> ended &= (flags & END) == 0);
    registers.reading(STATUS, held -> status());
    registers.reading(RECEIVED_DATA, held -> received.remove());
  }

  private void control(int value) {
    if ((value & ON) == 0) {
      toSend.clear();
      received.clear();
      clocked = 0;
    }
  }

  private int status() {
    boolean room = (registers.value(CONTROL_1) & ON) != 0 && toSend.size() < depth;
    return (received.isEmpty() ? 0 : 1) | (room ? 2 : 0) | (ended ? END : 0);
  }

  @Override
  public boolean hasByte() {
    int going = ON | STARTED;
    return (registers.value(CONTROL_1) & going) == going
        && !toSend.isEmpty()
        && clocked < registers.value(CONTROL_2);
  }

  @Override
  public int shiftOut() {
    return toSend.isEmpty() ? 0 : toSend.remove();
  }

  @Override
  public void shiftIn(int value) {
    if ((registers.value(CONTROL_1) & ON) == 0) {
      return;
    }
    if (received.size() == depth) {
      throw new IllegalStateException("overrun");
    }
    received.add(value);
    clocked++;
    ended |= clocked == registers.value(CONTROL_2);
  }

  @Override
  public boolean interrupts() {
    return (registers.value(INTERRUPTS) & status()) != 0;
  }
}

package dunlin.boards.stm32;

import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Registers;
import dunlin.boards.cortexm.Settings;

/**
 * SPI of the third generation (RM0433, 50.11): queues of 8 or 16 bytes, emptied and filled in the
 * interrupt. Mode 0, eight bits, most significant first, select by software.
 */
public final class FifoSpi implements SpiHardware {
  private static final int CONTROL_1 = 0x00;
  private static final int ENABLE = 1;
  private static final int START = 1 << 9;
  private static final int SELECTED_HIGH = 1 << 12;

  private static final int CONTROL_2 = 0x04;

  private static final int CONFIGURATION_1 = 0x08;
  private static final int EIGHT_BITS = 7;
  private static final int PRESCALER_SHIFT = 28;

  private static final int CONFIGURATION_2 = 0x0C;
  private static final int MASTER = 1 << 22;
  private static final int SELECT_BY_SOFTWARE = 1 << 26;
  private static final int KEEP_PINS = 1 << 31;

  private static final int INTERRUPTS = 0x10;
  private static final int STATUS = 0x14;
  private static final int CLEAR = 0x18;
  private static final int DATA_IN = 1;
  private static final int ROOM = 1 << 1;

  /** The smallest queue: a master that is no more bytes ahead never overruns its own. */
  private static final int QUEUE_BYTES = 8;

  private static final int END = 1 << 3;
  private static final int ALL_FLAGS = 0xFF8;

  private static final int DATA_TO_SEND = 0x20;
  private static final int RECEIVED_DATA = 0x30;

  private final Processor processor;
  private final Registers registers;
  private final int base;
  private final int control;
  private final boolean master;
  private byte[] out;
  private byte[] in;
  private int from;
  private int count;
  private int sent;
  private int received;

  /**
   * Sets a port up; its clock is on.
   *
   * @param at where {@link Settings} has it
   */
  public FifoSpi(Processor processor, Registers registers, int[] settings, int at, boolean master) {
    this.processor = processor;
    this.registers = registers;
    this.master = master;
    base = settings[at + Settings.BASE];
    control = master ? SELECTED_HIGH : 0;
    int prescaler = settings[at + Settings.SPI_PRESCALER] << PRESCALER_SHIFT;
    registers.write(base + CONTROL_1, control); // before MASTER, or it would be a mode fault
    registers.write(base + CONFIGURATION_1, EIGHT_BITS | prescaler);
    registers.write(base + CONFIGURATION_2, SELECT_BY_SOFTWARE | (master ? MASTER | KEEP_PINS : 0));
  }

  @Override
  public void begin(byte[] out, byte[] in, int from, int count) {
    this.out = out;
    this.in = in;
    this.from = from;
    this.count = count;
    sent = 0;
    received = 0;
    registers.write(base + CONTROL_2, master ? count : 0);
    registers.write(base + CONTROL_1, control | ENABLE);
    fill();
    if (master) {
      registers.write(base + CONTROL_1, control | ENABLE | START);
    }
    registers.write(base + INTERRUPTS, DATA_IN);
  }

  @Override
  public boolean advance() {
    empty();
    fill();
    return received == count;
  }

  @Override
  public int exchanged() {
    return received;
  }

  /** Turning the port off empties its queues. */
  @Override
  public int end() {
    empty();
    if (master) {
      registers.becomes(base + STATUS, END, END);
    }
    registers.write(base + INTERRUPTS, 0);
    registers.write(base + CONTROL_1, control);
    registers.write(base + CLEAR, ALL_FLAGS);
    return received;
  }

  /** Each byte that comes in makes room for one that goes out. */
  private void fill() {
    int most = master ? Math.min(count, received + QUEUE_BYTES) : count;
    while (sent < most && (registers.read(base + STATUS) & ROOM) != 0) {
      processor.writeByte(base + DATA_TO_SEND, out[from + sent]);
      sent++;
    }
  }

  private void empty() {
    while (received < count && (registers.read(base + STATUS) & DATA_IN) != 0) {
      in[from + received] = (byte) processor.readByte(base + RECEIVED_DATA);
      received++;
    }
  }
}

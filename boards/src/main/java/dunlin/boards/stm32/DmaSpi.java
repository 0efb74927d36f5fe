package dunlin.boards.stm32;

import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Registers;
import dunlin.boards.cortexm.Settings;

/**
 * SPI of the first two generations (RM0090, 28.5; RM0351, 42.6), its bytes moved by DMA: mode 0,
 * eight bits, most significant first, select by software.
 */
public final class DmaSpi implements SpiHardware {
  /** {@link #DmaSpi}: the second generation, to be told of bytes: DS, FRXTH. */
  public static final int BYTES = 7 << 8 | 1 << 12;

  private static final int CONTROL_1 = 0x00;
  private static final int MASTER = 1 << 2;
  private static final int PRESCALER_SHIFT = 3;
  private static final int ENABLE = 1 << 6;
  private static final int SELECTED_HIGH = 1 << 8;
  private static final int SELECT_BY_SOFTWARE = 1 << 9;

  private static final int CONTROL_2 = 0x04;
  private static final int DMA_BOTH_WAYS = 3;

  private static final int STATUS = 0x08;
  private static final int BUSY = 1 << 7;

  private static final int DATA = 0x0C;

  private final Processor processor;
  private final Registers registers;
  private final ClockGates gates;
  private final DmaLane receiver;
  private final DmaLane sender;
  private final int base;
  private final int clockRegister;
  private final int clockBit;
  private final int control;
  private final int control2;
  private final boolean master;
  private int count;

  /**
   * Sets a port up.
   *
   * @param at where {@link Settings} has it
   * @param width {@link #BYTES}, or 0 for the first generation, which knows no other
   */
  public DmaSpi(
      Processor processor,
      Registers registers,
      ClockGates gates,
      int[] settings,
      int at,
      boolean master,
      int width,
      DmaLane receiver,
      DmaLane sender) {
    this.processor = processor;
    this.registers = registers;
    this.gates = gates;
    this.receiver = receiver;
    this.sender = sender;
    this.master = master;
    base = settings[at + Settings.BASE];
    clockRegister = settings[at + Settings.CLOCK_REGISTER];
    clockBit = settings[at + Settings.CLOCK_BIT];
    int clocked = MASTER | SELECTED_HIGH | settings[at + Settings.SPI_PRESCALER] << PRESCALER_SHIFT;
    control = SELECT_BY_SOFTWARE | (master ? clocked : 0);
    control2 = width | DMA_BOTH_WAYS;
    gates.enable(clockRegister, clockBit);
  }

  @Override
  public void begin(byte[] out, byte[] in, int from, int bytes) {
    count = bytes;
    receiver.start(base + DATA, processor.address(in) + from, bytes);
    sender.start(base + DATA, processor.address(out) + from, bytes);
    registers.write(base + CONTROL_2, control2);
    registers.write(base + CONTROL_1, control | ENABLE);
  }

  @Override
  public boolean advance() {
    return receiver.left() == 0;
  }

  @Override
  public int exchanged() {
    return count - receiver.left();
  }

  /** A slave's byte that was not clocked out any more would be its next first: a reset drops it. */
  @Override
  public int end() {
    int exchanged = exchanged();
    sender.stop();
    receiver.stop();
    if (master) {
      registers.becomes(base + STATUS, BUSY, 0); // half a clock after the last byte has come in
    } else {
      gates.reset(clockRegister, clockBit);
    }
    processor.fence(); // what DMA has written is read from here on
    return exchanged;
  }
}

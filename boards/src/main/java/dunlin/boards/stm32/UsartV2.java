package dunlin.boards.stm32;

import dunlin.boards.cortexm.Registers;
import dunlin.boards.cortexm.SerialHardware;
import dunlin.boards.cortexm.Settings;

/**
 * USART and UART of the second generation (RM0351, 40.8; RM0433, 48.8): flags are cleared in a
 * register of their own, and there may be queues of 16 bytes. Eight bits, no parity, one stop bit.
 */
public final class UsartV2 implements SerialHardware {
  /** Queues in front of the data registers, where there are any. */
  public static final int QUEUES = 1 << 29;

  private static final int CONTROL = 0x00;
  private static final int BAUD_RATE = 0x0C;
  private static final int STATUS = 0x1C;
  private static final int CLEAR = 0x20;
  private static final int RECEIVED_DATA = 0x24;
  private static final int DATA_TO_SEND = 0x28;

  /** Parity, framing, noise, overrun; the same bits in both registers. */
  private static final int ERRORS = 15;

  private static final int DATA_IN = 1 << 5;
  private static final int ROOM = 1 << 7;

  /** TEACK and REACK: both ends are on. */
  private static final int ACKNOWLEDGED = 3 << 21;

  private static final int ENABLE = 1 << 3 | 1 << 2 | 1;
  private static final int INTERRUPT_DATA_IN = 1 << 5;
  private static final int INTERRUPT_ROOM = 1 << 7;

  private final Registers registers;
  private final int base;
  private final int listening;

  /**
   * Starts UART {@code port} of the settings.
   *
   * @param queues {@link #QUEUES}, or 0
   */
  public UsartV2(Registers registers, int[] settings, int port, int queues) {
    this.registers = registers;
    base = settings[Settings.port(port) + Settings.BASE];
    int cycles = BaudRate.cycles(settings, port);
    int control = BaudRate.control(cycles) | queues;
    listening = control | ENABLE | INTERRUPT_DATA_IN;
    registers.write(base + BAUD_RATE, BaudRate.register(cycles));
    registers.write(base + CONTROL, control); // queues are set while the UART is off
    registers.write(base + CONTROL, listening);
    registers.await(base + STATUS, ACKNOWLEDGED, ACKNOWLEDGED);
  }

  @Override
  public boolean onlyReceived() {
    return (registers.read(base + STATUS) & (DATA_IN | ERRORS)) == DATA_IN;
  }

  @Override
  public int status() {
    int status = registers.read(base + STATUS);
    if ((status & ERRORS) != 0) {
      registers.write(base + CLEAR, status & ERRORS);
    }
    return ((status & DATA_IN) != 0 ? RECEIVED : 0) | ((status & ERRORS) != 0 ? ERROR : 0);
  }

  @Override
  public int receive() {
    return registers.read(base + RECEIVED_DATA);
  }

  @Override
  public boolean room() {
    return (registers.read(base + STATUS) & ROOM) != 0;
  }

  @Override
  public void send(int value) {
    registers.write(base + DATA_TO_SEND, value);
  }

  @Override
  public void interruptWhenRoom(boolean wanted) {
    registers.write(base + CONTROL, wanted ? listening | INTERRUPT_ROOM : listening);
  }
}

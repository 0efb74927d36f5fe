package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.SerialHardware;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.stm32.BaudRate;
import dunlin.kernels.Unchecked;

/** USART and UART (RM0090, 30.6): eight bits, no parity, one stop bit. */
@Unchecked
final class Usart implements SerialHardware {
  private static final int STATUS = 0x00;
  private static final int DATA = 0x04;
  private static final int BAUD_RATE = 0x08;
  private static final int CONTROL = 0x0C;

  /** Overrun, noise, framing, parity; a read of the data register clears them. */
  private static final int ERRORS = 15;

  private static final int DATA_IN = 1 << 5;
  private static final int ROOM = 1 << 7;

  private static final int ENABLE = 1 << 13 | 1 << 3 | 1 << 2;
  private static final int INTERRUPT_DATA_IN = 1 << 5;
  private static final int INTERRUPT_ROOM = 1 << 7;

  private final Processor processor;
  private final int base;
  private final int listening;

  /** Starts UART {@code port} of the settings. */
  Usart(Processor processor, int[] settings, int port) {
    this.processor = processor;
    base = settings[Settings.port(port) + Settings.BASE];
    int cycles = BaudRate.cycles(settings, port);
    listening = ENABLE | INTERRUPT_DATA_IN | BaudRate.control(cycles);
    processor.write(base + BAUD_RATE, BaudRate.register(cycles));
    processor.write(base + CONTROL, listening);
  }

  @Override
  public boolean onlyReceived() {
    return (processor.read(base + STATUS) & (DATA_IN | ERRORS)) == DATA_IN;
  }

  @Override
  public int status() {
    int status = processor.read(base + STATUS);
    int errors = (status & ERRORS) != 0 ? ERROR : 0;
    if ((status & DATA_IN) != 0) {
      return RECEIVED | errors;
    }
    if (errors != 0) {
      processor.read(base + DATA);
    }
    return errors;
  }

  @Override
  public int receive() {
    return processor.read(base + DATA);
  }

  @Override
  public boolean room() {
    return (processor.read(base + STATUS) & ROOM) != 0;
  }

  @Override
  public void send(int value) {
    processor.write(base + DATA, value);
  }

  /** QEMU's model always has room, and never interrupts for it. */
  @Override
  public void interruptWhenRoom(boolean wanted) {
    processor.write(base + CONTROL, wanted ? listening | INTERRUPT_ROOM : listening);
  }
}

package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.ByteRing;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.hal.Port;

/**
 * USART and UART (RM0090, 30.6), eight bits, no parity, one stop bit. Each byte received comes with
 * an interrupt; each byte sent asks for the next with one.
 */
final class Usart implements Port {
  private static final int STATUS = 0x00;
  private static final int DATA = 0x04;
  private static final int BAUD_RATE = 0x08;
  private static final int CONTROL = 0x0C;

  /** Overrun, noise, framing, parity. */
  private static final int ERRORS = 15;

  private static final int RECEIVED = 1 << 5;
  private static final int ROOM_TO_SEND = 1 << 7;

  private static final int ENABLE = 1 << 13 | 1 << 3 | 1 << 2;
  private static final int INTERRUPT_RECEIVED = 1 << 5;
  private static final int INTERRUPT_ROOM = 1 << 7;
  private static final int OVERSAMPLE_BY_8 = 1 << 15;

  private final Processor processor;
  private final int base;
  private final int listening;
  private final ByteRing received;
  private final ByteRing toSend;
  private int errors;

  /**
   * Starts UART {@code port} of the settings.
   *
   * @param coreHertz what the core runs at
   */
  Usart(Processor processor, int[] settings, int port, int coreHertz) {
    this.processor = processor;
    received = new ByteRing(processor, settings[Settings.RECEIVE_QUEUE]);
    toSend = new ByteRing(processor, settings[Settings.TRANSMIT_QUEUE]);
    int at = Settings.port(port);
    base = settings[at + Settings.BASE];
    int hertz = coreHertz / settings[at + Settings.CLOCK_DIVIDER];
    int baud = settings[Settings.BAUD];
    int cyclesOfABit = (hertz + (baud >> 1)) / baud;
    boolean by16 = cyclesOfABit >= 16;
    int rate = by16 ? cyclesOfABit : cyclesOfABit >> 3 << 4 | cyclesOfABit & 7;
    listening = ENABLE | INTERRUPT_RECEIVED | (by16 ? 0 : OVERSAMPLE_BY_8);
    processor.write(base + BAUD_RATE, rate);
    processor.write(base + CONTROL, listening);
  }

  /** The peripheral's interrupt: a byte is in, or there is room for one. */
  void interrupt() {
    int status = processor.read(base + STATUS);
    if ((status & (RECEIVED | ERRORS)) != 0) {
      int data = processor.read(base + DATA); // clears the flags
      boolean kept = (status & RECEIVED) == 0 || received.put(data);
      if (!kept || (status & ERRORS) != 0) {
        errors++;
      }
    }
    if ((status & ROOM_TO_SEND) != 0 && toSend.count() > 0) {
      send();
    }
  }

  @Override
  public int available() {
    return received.count();
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    return received.takeAll(into, offset, max);
  }

  @Override
  public int writable() {
    return toSend.free();
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    int accepted = 0;
    int more;
    do {
      more = toSend.putAll(from, offset + accepted, count - accepted);
      accepted += more;
      processor.disableInterrupts();
      send();
      processor.enableInterrupts();
    } while (more > 0 && accepted < count);
    return accepted;
  }

  @Override
  public int errors() {
    processor.fence();
    return errors;
  }

  /**
   * Fills the data register while it has room, and asks for an interrupt where bytes are left. The
   * register of QEMU's model always has room, and its interrupt never comes.
   */
  private void send() {
    while (toSend.count() > 0 && (processor.read(base + STATUS) & ROOM_TO_SEND) != 0) {
      processor.write(base + DATA, toSend.take());
    }
    int wanted = toSend.count() > 0 ? INTERRUPT_ROOM : 0;
    processor.write(base + CONTROL, listening | wanted);
  }
}

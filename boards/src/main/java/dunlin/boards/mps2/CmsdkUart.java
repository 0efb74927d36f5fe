package dunlin.boards.mps2;

import dunlin.boards.cortexm.ByteRing;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.hal.Port;

/**
 * The UART of the Cortex-M System Design Kit (DDI 0479, 4.3). Each byte received comes with an
 * interrupt; each byte sent asks for the next with one.
 */
final class CmsdkUart implements Port {
  private static final int DATA = 0x00;
  private static final int STATE = 0x04;
  private static final int CONTROL = 0x08;
  private static final int INTERRUPTS = 0x0C;
  private static final int BAUD_DIVIDER = 0x10;

  private static final int SEND_FULL = 1;
  private static final int RECEIVE_FULL = 1 << 1;
  private static final int OVERRUN = 1 << 3;

  /** Both ends and their interrupts, in one write: between two, a byte could come unnoticed. */
  private static final int ENABLE = 15;

  private static final int SENT_AND_RECEIVED = 3;
  private static final int LEAST_DIVIDER = 16;

  private final Processor processor;
  private final int base;
  private final ByteRing received;
  private final ByteRing toSend;
  private int errors;

  /** Starts UART {@code port} of the settings. */
  CmsdkUart(Processor processor, int[] settings, int port) {
    this.processor = processor;
    received = new ByteRing(processor, settings[Settings.RECEIVE_QUEUE]);
    toSend = new ByteRing(processor, settings[Settings.TRANSMIT_QUEUE]);
    base = settings[Settings.port(port) + Settings.BASE];
    int divider = settings[Settings.CORE_HERTZ] / settings[Settings.BAUD];
    processor.write(base + BAUD_DIVIDER, Math.max(divider, LEAST_DIVIDER));
    processor.write(base + CONTROL, ENABLE);
  }

  /** The peripheral's interrupts: a byte is in, or one has gone. */
  void interrupt() {
    processor.write(base + INTERRUPTS, SENT_AND_RECEIVED);
    int state = processor.read(base + STATE);
    if ((state & OVERRUN) != 0) {
      processor.write(base + STATE, OVERRUN);
      errors++;
    }
    if ((state & RECEIVE_FULL) != 0 && !received.put(processor.read(base + DATA))) {
      errors++;
    }
    send();
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
    int accepted = toSend.putAll(from, offset, count);
    processor.disableInterrupts();
    send();
    processor.enableInterrupts();
    return accepted;
  }

  @Override
  public int errors() {
    processor.fence();
    return errors;
  }

  private void send() {
    while (toSend.count() > 0 && (processor.read(base + STATE) & SEND_FULL) == 0) {
      processor.write(base + DATA, toSend.take());
    }
  }
}

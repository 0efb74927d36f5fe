package dunlin.boards.mps2;

import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.SerialHardware;
import dunlin.boards.cortexm.Settings;
import dunlin.kernels.Unchecked;

/** The UART of the Cortex-M System Design Kit (DDI 0479, 4.3), which the crystal clocks. */
@Unchecked
final class CmsdkUart implements SerialHardware {
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

  private static final int RECEIVED_ONE = 2;
  private static final int SENT_AND_RECEIVED = 3;
  private static final int LEAST_DIVIDER = 16;

  private final Processor processor;
  private final int base;

  /** Starts UART {@code port} of the settings. */
  CmsdkUart(Processor processor, int[] settings, int port) {
    this.processor = processor;
    base = settings[Settings.port(port) + Settings.BASE];
    int divider = settings[Settings.EXTERNAL_HERTZ] / settings[Settings.BAUD];
    processor.write(base + BAUD_DIVIDER, Math.max(divider, LEAST_DIVIDER));
    processor.write(base + CONTROL, ENABLE);
  }

  @Override
  public boolean onlyReceived() {
    processor.write(base + INTERRUPTS, RECEIVED_ONE);
    return (processor.read(base + STATE) & (RECEIVE_FULL | OVERRUN)) == RECEIVE_FULL;
  }

  @Override
  public int status() {
    processor.write(base + INTERRUPTS, SENT_AND_RECEIVED);
    int state = processor.read(base + STATE);
    if ((state & OVERRUN) != 0) {
      processor.write(base + STATE, OVERRUN);
    }
    return ((state & RECEIVE_FULL) != 0 ? RECEIVED : 0) | ((state & OVERRUN) != 0 ? ERROR : 0);
  }

  @Override
  public int receive() {
    return processor.read(base + DATA);
  }

  @Override
  public boolean room() {
    return (processor.read(base + STATE) & SEND_FULL) == 0;
  }

  @Override
  public void send(int value) {
    processor.write(base + DATA, value);
  }

  /** Every byte that has gone interrupts. */
  @Override
  public void interruptWhenRoom(boolean wanted) {}
}

package dunlin.boards.microej;

import dunlin.hal.Port;

/**
 * A UART, or the end of an SPI link that is clocked: a port whose queues are filled and emptied by
 * interrupts, in C.
 */
final class Uart implements Port {
  private static final int OPEN = 0;
  private static final int AVAILABLE = 1;
  private static final int WRITABLE = 2;
  private static final int ERRORS = 3;

  private final int number;

  /** Opens port {@code number}: the UARTs, then the SPI ports. */
  Uart(int number) {
    this.number = number;
    state(number, OPEN);
  }

  @Override
  public int available() {
    return state(number, AVAILABLE);
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    return receive(number, into, offset, max);
  }

  @Override
  public int writable() {
    return state(number, WRITABLE);
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    return send(number, from, offset, count);
  }

  @Override
  public int errors() {
    return state(number, ERRORS);
  }

  /** Opens a port, or says how it stands: one native for four questions. */
  private static native int state(int uart, int question);

  private static native int receive(int uart, byte[] into, int offset, int max);

  private static native int send(int uart, byte[] from, int offset, int count);
}

package dunlin.hal.emulated;

import dunlin.hal.Port;

/** A board's port, whatever its kind, as the emulation sees it. */
public abstract sealed class EmulatedPort implements Port permits EmulatedUart, EmulatedSpi {
  private final EmulatedBoard board;
  private final int number;
  private final String label;
  private boolean wired;

  /**
   * A port that is not wired yet.
   *
   * @param number of the port on its board
   * @param label its kind, and its number among those
   */
  EmulatedPort(EmulatedBoard board, int number, String label) {
    this.board = board;
    this.number = number;
    this.label = label;
  }

  /** {@code "board.uart0"}, {@code "board.spi2"}. */
  @Override
  public String toString() {
    return board.name() + "." + label;
  }

  /** When {@code count} bytes can be read, or the receive queue is full, as far as is known. */
  abstract long readableAt(int count);

  /** When {@code count} bytes can be written, or the transmit queue is empty. */
  abstract long writableAt(int count);

  /** Empties both queues; what this end has not sent will not reach the other. */
  abstract void reset();

  /** {@code "uart0"}. */
  String label() {
    return label;
  }

  long now() {
    return board.virtualTime();
  }

  /** What is under way to or from this end has changed: its board may be due at another time. */
  void reconsider() {
    board.reconsider(number);
  }

  /** A port has one wire. */
  void takeWire() {
    if (wired) {
      throw new IllegalArgumentException(this + " is wired already");
    }
    wired = true;
  }
}

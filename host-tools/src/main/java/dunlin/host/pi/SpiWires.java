package dunlin.host.pi;

/** The wires from a master to a board's SPI port; mode 0, most significant bit first. */
interface SpiWires extends AutoCloseable {
  /** Selects the board, or lets go of it. */
  void select(boolean selected);

  /** Whether the board has bytes: its ready line is high. */
  boolean ready();

  /**
   * Clocks bytes both ways.
   *
   * @throws dunlin.boards.Refusal if the driver does not take them all
   */
  void exchange(byte[] out, byte[] in, int offset, int count);

  /** Lets so much time pass at least. */
  void pause(int micros);

  /** The wires' clock, for differences. */
  long nanoseconds();

  /** What people know them by. */
  String name();

  @Override
  void close();
}

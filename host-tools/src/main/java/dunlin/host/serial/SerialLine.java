package dunlin.host.serial;

/**
 * An open serial line to a board, byte by byte. Real lines go by this computer's clock, emulated
 * ones by virtual time. Not for several threads.
 *
 * <p>Every method throws {@link dunlin.boards.Refusal} once the line is gone: its cable was
 * unplugged, say.
 */
public interface SerialLine extends AutoCloseable {
  /** What people know it by, as {@code /dev/ttyACM0}. */
  String name();

  /** Goes on with other settings; bytes that have not been read may be lost. */
  void set(LineSettings settings);

  /**
   * Waits for a byte, and reads what has come by then.
   *
   * @param max most bytes to read, at least 1
   * @param timeoutMillis waits so long at least for the first byte, and at most 100 ms longer
   * @return how many bytes were read, 0 where none has come
   */
  int read(byte[] into, int offset, int max, int timeoutMillis);

  /** Sends {@code count} bytes; returns when they are on their way. */
  void write(byte[] from, int offset, int count);

  /** Forgets what has come and was not read. */
  void discardInput();

  /** The line's clock, for differences: nanoseconds. */
  long nanoseconds();

  @Override
  void close();
}

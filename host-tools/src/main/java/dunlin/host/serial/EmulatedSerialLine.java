package dunlin.host.serial;

import dunlin.hal.emulated.Emulation;
import dunlin.hal.emulated.HostPort;

/** A line to an emulated board, at virtual time: time passes only while somebody reads. */
public class EmulatedSerialLine implements SerialLine {
  private final String name;
  private final Emulation emulation;
  private final HostPort port;
  private final LineSettings board;
  private LineSettings host;

  /**
   * A line that is open.
   *
   * @param board the board's settings: with others, nothing gets through
   * @param host the host's
   */
  public EmulatedSerialLine(
      String name, Emulation emulation, HostPort port, LineSettings board, LineSettings host) {
    this.name = name;
    this.emulation = emulation;
    this.port = port;
    this.board = board;
    this.host = host;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void set(LineSettings settings) {
    host = settings;
  }

  @Override
  public int read(byte[] into, int offset, int max, int timeoutMillis) {
    emulation.run(port.readable(1), emulation.now() + timeoutMillis * 1_000_000L);
    if (!host.equals(board)) {
      discardInput();
    }
    return port.read(into, offset, max);
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    if (host.equals(board)) {
      port.write(from, offset, count);
    }
  }

  @Override
  public void discardInput() {
    port.read();
  }

  @Override
  public long nanoseconds() {
    return emulation.now();
  }

  @Override
  public void close() {}
}

package dunlin.host.flash;

import dunlin.boards.Refusal;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialLine;

/** A line whose cable is pulled, or which damages a byte, on the way to the board. */
final class FaultyLine implements SerialLine {
  private final SerialLine line;
  private final long pulledAt;
  private final long damagedAt;
  private long sent;

  private FaultyLine(SerialLine line, long pulledAt, long damagedAt) {
    this.line = line;
    this.pulledAt = pulledAt;
    this.damagedAt = damagedAt;
  }

  /** The cable is pulled before byte {@code index} is sent. */
  static FaultyLine pulledAt(long index, SerialLine line) {
    return new FaultyLine(line, index, Long.MAX_VALUE);
  }

  /** Byte {@code index} arrives with a bit inverted. */
  static FaultyLine damagedAt(long index, SerialLine line) {
    return new FaultyLine(line, Long.MAX_VALUE, index);
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      check();
      byte sentByte = (byte) (sent++ == damagedAt ? from[i] ^ 4 : from[i]);
      line.write(new byte[] {sentByte}, 0, 1);
    }
  }

  @Override
  public int read(byte[] into, int offset, int max, int timeoutMillis) {
    check();
    return line.read(into, offset, max, timeoutMillis);
  }

  private void check() {
    if (sent >= pulledAt) {
      throw new Refusal(name() + ": the line is gone", "plug the cable in, and start again");
    }
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public void set(LineSettings settings) {
    line.set(settings);
  }

  @Override
  public void discardInput() {
    line.discardInput();
  }

  @Override
  public long nanoseconds() {
    return line.nanoseconds();
  }

  @Override
  public void close() {
    line.close();
  }
}

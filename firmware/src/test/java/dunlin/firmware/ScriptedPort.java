package dunlin.firmware;

import dunlin.hal.Port;
import java.io.ByteArrayOutputStream;

/** A port that hands out given bytes a few at a time, and takes a few at a time. */
final class ScriptedPort implements Port {
  private byte[] incoming;
  private final int slice;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int next;

  /**
   * A port.
   *
   * @param incoming bytes that have arrived
   * @param slice bytes that one call moves at most
   */
  ScriptedPort(byte[] incoming, int slice) {
    this.incoming = incoming;
    this.slice = slice;
  }

  /** More bytes have arrived. */
  void arrive(byte[]... more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(incoming);
    for (byte[] bytes : more) {
      all.writeBytes(bytes);
    }
    incoming = all.toByteArray();
  }

  /** Everything that was written. */
  byte[] written() {
    return written.toByteArray();
  }

  @Override
  public int available() {
    return incoming.length - next;
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    int count = Math.min(Math.min(max, slice), available());
    System.arraycopy(incoming, next, into, offset, count);
    next += count;
    return count;
  }

  @Override
  public int writable() {
    return slice;
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    int accepted = Math.min(count, slice);
    written.write(from, offset, accepted);
    return accepted;
  }

  @Override
  public int errors() {
    return 0;
  }
}

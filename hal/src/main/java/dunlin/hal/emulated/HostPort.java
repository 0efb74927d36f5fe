package dunlin.hal.emulated;

import dunlin.hal.Port;

/** The host's end of a board's UART: unlimited queues, at virtual time. */
public final class HostPort implements Port {
  private final Schedule schedule;
  private final EmulatedUart uart;
  private final Lane out;
  private final Lane in;

  HostPort(Schedule schedule, EmulatedUart uart, Lane out, Lane in) {
    this.schedule = schedule;
    this.uart = uart;
    this.out = out;
    this.in = in;
  }

  /** Sends all {@code count} bytes, after those that are under way. */
  @Override
  public int write(byte[] from, int offset, int count) {
    out.write(schedule.now(), from, offset, count);
    uart.reconsider();
    return count;
  }

  @Override
  public int writable() {
    return Integer.MAX_VALUE;
  }

  /** The host's end loses nothing. */
  @Override
  public int errors() {
    return 0;
  }

  /** Sends {@code bytes}. */
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public int available() {
    return in.available(schedule.now());
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    return in.read(schedule.now(), into, offset, max);
  }

  /** All bytes that have arrived and were not read yet. */
  public byte[] read() {
    byte[] bytes = new byte[available()];
    read(bytes, 0, bytes.length);
    return bytes;
  }

  /** Holds from the nanosecond on at which {@code count} bytes can be read. */
  public Goal readable(int count) {
    return () -> in.readableAt(count);
  }

  /** Holds from the nanosecond on at which all that was written has been sent. */
  public Goal sent() {
    return () -> out.writableAt(Integer.MAX_VALUE);
  }
}

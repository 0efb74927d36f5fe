package dunlin.hal.emulated;

/** The host's end of a board's UART: unlimited queues, at virtual time. */
public final class HostPort {
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

  /** Sends {@code count} bytes, after those that are under way. */
  public void write(byte[] from, int offset, int count) {
    out.write(schedule.now(), from, offset, count);
    uart.expectMore();
  }

  /** Sends {@code bytes}. */
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /** Bytes that have arrived and were not read yet. */
  public int available() {
    return in.available(schedule.now());
  }

  /** Moves up to {@code max} bytes that have arrived, and returns how many. */
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

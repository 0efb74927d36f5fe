package dunlin.host.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dunlin.boards.Refusal;
import java.util.concurrent.TimeUnit;

/** A port of the operating system, through jSerialComm. */
final class SystemSerialLine implements SerialLine {
  /** The operating system counts a read's patience in tenths of a second. */
  private static final int TICK_MILLIS = 100;

  private static final int NO_SUCH_FILE = 2;
  private static final int PERMISSION_DENIED = 13;
  private static final int BUSY = 16;
  private static final int INVALID = 22;

  private final SerialPort port;
  private final String name;

  private SystemSerialLine(SerialPort port, String name) {
    this.port = port;
    this.name = name;
  }

  /**
   * Opens the port at {@code path}, for nobody else meanwhile.
   *
   * @throws Refusal if that cannot be done
   */
  static SystemSerialLine open(String path, LineSettings settings) {
    SerialPort port = named(path);
    configure(port, settings);
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, TICK_MILLIS, 0);
    if (!port.openPort(0)) {
      throw new Refusal(path + ": cannot be opened" + reason(port, settings), remedy(port));
    }
    return new SystemSerialLine(port, path);
  }

  private static SerialPort named(String path) {
    try {
      return SerialPort.getCommPort(path);
    } catch (SerialPortInvalidPortException e) {
      throw new Refusal(path + ": is no serial port", "see dunlin ports", e);
    }
  }

  /** A pseudo-terminal has no parity bit, and some systems refuse it one. */
  private static boolean configure(SerialPort port, LineSettings wanted) {
    boolean isTerminal = port.getSystemPortPath().startsWith("/dev/pts/");
    LineSettings settings = isTerminal ? wanted.withoutParity() : wanted;
    int stopBits = settings.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS;
    int parity =
        switch (settings.parity()) {
          case NONE -> SerialPort.NO_PARITY;
          case EVEN -> SerialPort.EVEN_PARITY;
          case ODD -> SerialPort.ODD_PARITY;
        };
    return port.setComPortParameters(settings.baud(), settings.dataBits(), stopBits, parity);
  }

  private static String reason(SerialPort port, LineSettings settings) {
    return switch (port.getLastErrorCode()) {
      case NO_SUCH_FILE -> " (there is no such port)";
      case PERMISSION_DENIED -> " (permission denied)";
      case BUSY -> " (another program has it)";
      case INVALID -> " (it cannot do " + settings + ")";
      default -> " (error " + port.getLastErrorCode() + ")";
    };
  }

  private static String remedy(SerialPort port) {
    return switch (port.getLastErrorCode()) {
      case PERMISSION_DENIED -> "type: sudo usermod -aG dialout $USER, and log in anew";
      case BUSY -> "close terminals and other programs that use it";
      case INVALID -> "choose another rate, or another adapter";
      default -> "plug the board in, and see dunlin ports";
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void set(LineSettings settings) {
    check(configure(port, settings));
  }

  @Override
  public int read(byte[] into, int offset, int max, int timeoutMillis) {
    long deadline = nanoseconds() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (true) {
      int count = port.readBytes(into, max, offset);
      check(count >= 0);
      if (count > 0 || nanoseconds() >= deadline) {
        return count;
      }
    }
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    int written = 0;
    while (written < count) {
      int more = port.writeBytes(from, count - written, offset + written);
      check(more > 0);
      written += more;
    }
  }

  @Override
  public void discardInput() {
    byte[] rest = new byte[256];
    while (port.bytesAvailable() > 0) {
      check(port.readBytes(rest, rest.length) >= 0);
    }
  }

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    port.closePort();
  }

  private void check(boolean done) {
    if (!done) {
      throw new Refusal(name + ": the line is gone", "plug the cable in, and start again");
    }
  }
}

package dunlin.host.serial;

import com.fazecast.jSerialComm.SerialPort;
import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The serial ports of this computer, and which of them is meant. */
public final class SerialPorts {
  private SerialPorts() {}

  /** All that are plugged in, by path. */
  public static List<SerialPortInfo> list() {
    return Arrays.stream(SerialPort.getCommPorts())
        .map(SerialPorts::describe)
        .sorted(Comparator.comparing(SerialPortInfo::path))
        .toList();
  }

  /**
   * Opens the port that {@code selector} means.
   *
   * @param selector as {@link #choose} takes it; a path may also be that of a link or of a
   *     pseudo-terminal, which no list has
   * @throws Refusal if none or several are meant, or the port cannot be opened
   */
  public static SerialLine open(String selector, LineSettings settings) {
    return SystemSerialLine.open(isDevice(selector) ? selector : path(selector), settings);
  }

  /**
   * The one port of {@code ports} that {@code selector} means.
   *
   * @param selector a path or its last part, {@code VID:PID}, a serial number, or {@code
   *     VID:PID:SERIAL}; capitals do not matter but in paths
   * @throws Refusal if none or several are meant, with the candidates
   */
  public static SerialPortInfo choose(List<SerialPortInfo> ports, String selector) {
    List<SerialPortInfo> meant = ports.stream().filter(port -> isMeant(port, selector)).toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    if (meant.isEmpty()) {
      throw new Refusal("no serial port is " + selector, plugInOrChoose(ports));
    }
    throw new Refusal(
        selector + " is " + meant.size() + " serial ports: " + listed(meant),
        "choose by VID:PID:SERIAL, or by path");
  }

  private static String path(String selector) {
    return choose(list(), selector).path();
  }

  private static boolean isMeant(SerialPortInfo port, String selector) {
    String serial = port.serialNumber();
    return port.path().equals(selector)
        || port.name().equals(selector)
        || !port.usbId().isEmpty() && port.usbId().equalsIgnoreCase(selector)
        || !serial.isEmpty()
            && (serial.equalsIgnoreCase(selector)
                || (port.usbId() + ":" + serial).equalsIgnoreCase(selector));
  }

  private static String plugInOrChoose(List<SerialPortInfo> ports) {
    return ports.isEmpty() ? "plug the board in: there are none" : "there are " + listed(ports);
  }

  private static String listed(List<SerialPortInfo> ports) {
    return ports.stream().map(SerialPortInfo::toString).collect(Collectors.joining(", "));
  }

  /** Whether it is the path of something that is there and no ordinary file. */
  private static boolean isDevice(String selector) {
    try {
      Path path = Path.of(selector);
      return path.isAbsolute() && Files.exists(path.toRealPath()) && !Files.isRegularFile(path);
    } catch (InvalidPathException | IOException e) {
      return false;
    }
  }

  private static SerialPortInfo describe(SerialPort port) {
    String serial = port.getSerialNumber();
    boolean isUsb = port.getVendorID() > 0;
    return new SerialPortInfo(
        port.getSystemPortPath(),
        port.getDescriptivePortName(),
        isUsb ? OptionalInt.of(port.getVendorID()) : OptionalInt.empty(),
        isUsb ? OptionalInt.of(port.getProductID()) : OptionalInt.empty(),
        serial == null || serial.equals("Unknown") ? "" : serial);
  }
}

package dunlin.host.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a serial port is this user's to open. */
final class PortAccess {
  private PortAccess() {}

  /** What is no file, as on Windows, everybody may open. */
  static boolean granted(String port) {
    Path path = Path.of(port);
    return !Files.exists(path) || Files.isReadable(path) && Files.isWritable(path);
  }
}

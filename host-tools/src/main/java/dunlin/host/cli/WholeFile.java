package dunlin.host.cli;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, whatever ends the program. */
final class WholeFile {
  private WholeFile() {}

  /** Refuses a place that cannot be written to: before the work, not after it. */
  static void check(Path file) {
    Path folder = folder(file);
    if (Files.isDirectory(file)) {
      throw new Refusal(file + ": is a folder", "name a file in it");
    }
    if (!Files.isDirectory(folder)) {
      throw new Refusal(file + ": there is no folder " + folder, "create it");
    }
    if (!Files.isWritable(isSpecial(file) ? file : folder)) {
      throw new Refusal(file + ": cannot be written", "choose another place, or its permissions");
    }
  }

  /** Writes {@code bytes} beside {@code file}, then moves them there. */
  static void write(Path file, byte[] bytes) {
    try {
      if (isSpecial(file)) {
        Files.write(file, bytes);
      } else {
        replace(Files.exists(file) ? file.toRealPath() : file, bytes);
      }
    } catch (IOException e) {
      throw new Refusal(
          file + ": cannot be written (" + e + ")", "make room, or choose another place", e);
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    String name = "." + file.getFileName() + "." + ProcessHandle.current().pid();
    Path part = folder(file).resolve(name);
    part.toFile().deleteOnExit(); // where the process is stopped
    try {
      Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Whether it is a pipe or a device, which a file must not replace. */
  private static boolean isSpecial(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }
}

package dunlin.host.cli;

import dunlin.boards.Refusal;
import dunlin.boards.Unwritable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

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
      throw new Refusal(
          file + ": cannot be written", "choose another place, or change its permissions");
    }
  }

  /** Refuses a folder that neither is there nor can be made: before the work, not after it. */
  static void checkFolder(Path folder) {
    Path above = folder.toAbsolutePath();
    while (!Files.exists(above)) {
      above = above.getParent();
    }
    if (!Files.isDirectory(above)) {
      throw new Refusal(above + ": is a file", "name a folder");
    }
    if (!Files.isWritable(above)) {
      throw new Refusal(folder + ": " + above + " cannot be written", "choose another place");
    }
  }

  /** Makes a folder, and those that it lies in, where there is none. */
  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder.toAbsolutePath());
    } catch (IOException e) {
      throw new Unwritable(folder + ":", e);
    }
  }

  /** Writes {@code bytes} beside {@code file}, then moves them there. */
  static void write(Path file, byte[] bytes) {
    write(Map.of(file, bytes));
  }

  /** Writes all files beside their places; only when all are written are they moved there. */
  static void write(Map<Path, byte[]> files) {
    Map<Path, Path> parts = new LinkedHashMap<>();
    try {
      files.forEach((file, bytes) -> parts.put(file, writePart(file, bytes)));
      parts.forEach(WholeFile::move);
    } finally {
      parts.forEach(WholeFile::discard);
    }
  }

  /** Writes {@code bytes} beside {@code file}, or to it if it is a device; returns where. */
  private static Path writePart(Path file, byte[] bytes) {
    try {
      if (isSpecial(file)) {
        return Files.write(file, bytes);
      }
      Path whole = whole(file);
      Path part =
          folder(whole).resolve("." + whole.getFileName() + "." + ProcessHandle.current().pid());
      part.toFile().deleteOnExit(); // where the process is stopped, or has no room
      return Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw cannotBeWritten(file, e);
    }
  }

  private static void move(Path file, Path part) {
    try {
      if (!part.equals(file)) {
        Files.move(
            part, whole(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw cannotBeWritten(file, e);
    }
  }

  private static void discard(Path file, Path part) {
    if (!part.equals(file)) {
      part.toFile().delete(); // there only where something went wrong
    }
  }

  /** What a link names. */
  private static Path whole(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file;
  }

  private static Refusal cannotBeWritten(Path file, IOException e) {
    return new Unwritable(file + ":", e);
  }

  /** Whether it is a pipe or a device, which a file must not replace. */
  private static boolean isSpecial(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }
}

package dunlin.boards.aot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The C and the assembly that are not made of class files. */
final class Sources {
  private Sources() {}

  /** One of them. */
  static String resource(String name) throws IOException {
    try (InputStream in = Sources.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Copies one into a folder, which is made where it is missing. */
  static void copy(String name, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    Files.writeString(folder.resolve(name), resource(name));
  }
}

package dunlin.host.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** For targets that parse files: one folder for all inputs of a fuzzer's JVM. */
public final class FuzzedFile {
  /** The folder, which may hold good files beside the fuzzed one. */
  public static final Path FOLDER = create();

  private FuzzedFile() {}

  private static Path create() {
    try {
      Path all = Files.createDirectories(Path.of("target", "fuzz", "files"));
      return Files.createTempDirectory(all, "input");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of this name with {@code input} in it. */
  public static Path write(String name, byte[] input) throws IOException {
    return Files.write(FOLDER.resolve(name), input);
  }
}

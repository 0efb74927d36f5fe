package dunlin.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one try of a property, where JUnit's own would last for all of them. */
public final class TemporaryFolder implements AutoCloseable {
  private final Path path = Files.createTempDirectory("dunlin");

  public TemporaryFolder() throws IOException {}

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    List<Path> inner;
    try (Stream<Path> all = Files.walk(path)) {
      inner = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : inner) {
      Files.delete(file);
    }
  }
}

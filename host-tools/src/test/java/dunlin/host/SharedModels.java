package dunlin.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the third-party models that tests use but the repository does not hold. */
public final class SharedModels {
  private SharedModels() {}

  /** The folder of a shared model; skips the test, saying why, where there is none. */
  public static Path require(String name) {
    List<Path> tried =
        Stream.of(System.getenv("DUNLIN_MODELS"), "../shared/models", "../../shared/models")
            .filter(Objects::nonNull)
            .map(folder -> Path.of(folder, name))
            .toList();
    List<Path> found = tried.stream().filter(Files::isDirectory).toList();
    assumeTrue(!found.isEmpty(), () -> name + " is in none of " + tried + "; set DUNLIN_MODELS");
    return found.get(0);
  }
}

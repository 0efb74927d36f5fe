package dunlin.hil;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Third-party models and texts that the repository does not hold. */
final class SharedFiles {
  private SharedFiles() {}

  /** A file below the folder of shared models; skips the test where it is absent. */
  static Path model(String file) {
    return require(file);
  }

  /** A file in the folder of texts beside the shared models; skips the test where it is absent. */
  static Path data(String file) {
    return require("../data/" + file);
  }

  private static Path require(String file) {
    List<Path> tried =
        Stream.of(System.getenv("DUNLIN_MODELS"), "../../shared/models")
            .filter(Objects::nonNull)
            .map(folder -> Path.of(folder, file).normalize())
            .toList();
    List<Path> found = tried.stream().filter(Files::exists).toList();
    assumeTrue(!found.isEmpty(), () -> "none of " + tried + " is there; set DUNLIN_MODELS");
    return found.get(0);
  }
}

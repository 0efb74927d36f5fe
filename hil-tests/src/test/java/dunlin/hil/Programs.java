package dunlin.hil;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of Debian's that a test starts. */
final class Programs {
  private Programs() {}

  /** Skips a test where one of {@code programs} is not installed. */
  static void require(String... programs) {
    for (String program : programs) {
      boolean isThere =
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
      assumeTrue(isThere, () -> "no " + program + ": apt install " + program);
    }
  }
}

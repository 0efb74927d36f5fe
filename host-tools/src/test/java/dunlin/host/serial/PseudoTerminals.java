package dunlin.host.serial;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Two pseudo-terminals that socat joins: what is written to one is read from the other. */
final class PseudoTerminals implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Process socat;
  private final Path first;
  private final Path second;

  private PseudoTerminals(Process socat, Path first, Path second) {
    this.socat = socat;
    this.first = first;
    this.second = second;
  }

  /** Skips the test where there is no socat. */
  static PseudoTerminals join(Path folder) throws IOException, InterruptedException {
    assumeTrue(isInstalled("socat"), "no socat: apt install socat");
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Process socat =
        new ProcessBuilder("socat", terminal(first), terminal(second))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(first) || !Files.exists(second)) {
      assertTrue(socat.isAlive() && System.nanoTime() < deadline, "socat made no terminals");
      Thread.sleep(10);
    }
    return new PseudoTerminals(socat, first, second);
  }

  private static String terminal(Path link) {
    return "pty,raw,echo=0,link=" + link;
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  String first() {
    return first.toString();
  }

  String second() {
    return second.toString();
  }

  @Override
  public void close() {
    unplug();
  }

  /** Pulls the cable. */
  void unplug() {
    socat.destroy();
    try {
      assertTrue(socat.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "socat does not end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

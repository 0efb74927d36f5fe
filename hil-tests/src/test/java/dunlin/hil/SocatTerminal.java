package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A pseudo-terminal, which socat makes, for programs that know serial ports only. */
final class SocatTerminal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Path path;
  private final Process socat;

  /**
   * Makes one in {@code folder}.
   *
   * @param otherEnd as socat names it: {@code stdio}, {@code tcp:localhost:5000}
   */
  SocatTerminal(Path folder, String otherEnd) throws IOException, InterruptedException {
    path = folder.resolve("terminal");
    socat =
        new ProcessBuilder("socat", "pty,raw,echo=0,link=" + path, otherEnd)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(path)) {
      assertTrue(socat.isAlive() && System.nanoTime() < deadline, "socat made no terminal");
      Thread.sleep(10);
    }
  }

  /** Where it is opened. */
  String path() {
    return path.toString();
  }

  /** What has the other end, if that is its standard streams. */
  Process socat() {
    return socat;
  }

  /** Ends socat. */
  @Override
  public void close() {
    socat.destroy();
    try {
      assertTrue(socat.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "socat does not end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

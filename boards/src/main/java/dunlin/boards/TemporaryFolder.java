package dunlin.boards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of this process's own that goes when it is closed, or else when the process ends. */
public final class TemporaryFolder implements AutoCloseable {
  /** Whoever still writes into it while the process ends is outrun by so many sweeps. */
  private static final int SWEEPS = 100;

  private final Path path;
  private final Thread onExit = new Thread(this::delete);

  /**
   * Makes the folder.
   *
   * @param name what it is for, as its name begins
   */
  public TemporaryFolder(String name) {
    try {
      path = Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** Makes it in {@code place}: what is moved from it to elsewhere there is moved whole. */
  public TemporaryFolder(Path place, String name) throws IOException {
    path = Files.createTempDirectory(place, name);
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // the process is on its way out, and so is the folder
    }
    delete();
  }

  /** By one thread at a time: an owner may close it while the process ends. */
  private synchronized void delete() {
    for (int i = 0; i < SWEEPS && Files.exists(path); i++) {
      sweep();
    }
  }

  private void sweep() {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      Thread.onSpinWait(); // what was there has gone meanwhile: the next sweep sees what is left
    }
  }
}

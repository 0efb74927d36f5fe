package dunlin.boards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A folder of this process's own that goes when it is closed, or else when the process ends. */
public final class TemporaryFolder implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;

  private final Path path;
  private final Thread onExit = new Thread(this::leave);

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

  /** Other threads run on while the process ends: what one of them was just making goes too. */
  private void leave() {
    delete();
    LockSupport.parkNanos(PAUSE_NANOS);
    delete();
  }

  /** By one thread at a time: an owner may close it while the process ends. */
  private synchronized void delete() {
    if (!Files.exists(path)) {
      return;
    }
    try {
      Path aside = Files.createTempDirectory(path.getParent(), path.getFileName().toString());
      sweep(Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE)); // nobody adds to it there
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sweep(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

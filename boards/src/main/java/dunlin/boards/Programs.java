package dunlin.boards;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The programs of this computer that Dunlin has others do its work with. */
public final class Programs {
  private Programs() {}

  /** Whether a program of this name would be found. */
  public static boolean installed(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}

package dunlin.host;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a JVM with this one's classes, for what needs a heap or an agent of its own. */
public final class OtherJvm {
  private OtherJvm() {}

  /**
   * Starts it.
   *
   * @param log takes its output and its errors
   * @param options of the JVM
   * @param command the main class and its arguments
   */
  public static Process start(Path log, List<String> options, List<String> command)
      throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.add("-XX:+UseSerialGC");
    all.addAll(options);
    all.addAll(List.of("-cp", System.getProperty("java.class.path")));
    all.addAll(command);
    return new ProcessBuilder(all)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(log.toFile()))
        .start();
  }
}

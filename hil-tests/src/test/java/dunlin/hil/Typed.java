package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a command left that was typed as a person types it, in a process of its own.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained of
 */
record Typed(int code, String out, String err) {
  private static final int PATIENCE_SECONDS = 300;

  /** Types {@code dunlin} and {@code arguments} in {@code folder}, and waits for the end. */
  static Typed in(Path folder, Object... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "typed", ".out");
    Path err = Files.createTempFile(folder, "typed", ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Ddunlin.models=" + Path.of("..", "models").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "dunlin.host.cli.Main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> command + " hangs");
    } finally {
      process.destroyForcibly();
    }
    return new Typed(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Fails unless it went well. */
  Typed expectOk() {
    assertEquals(0, code, err);
    return this;
  }
}

package dunlin.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
  @Test
  void shouldGoWithAllThatIsInItWhenItIsClosed() throws IOException {
    Path path;
    try (TemporaryFolder folder = new TemporaryFolder("dunlin-test")) {
      path = folder.path();
      Files.writeString(Files.createDirectory(path.resolve("inner")).resolve("file"), "content");
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void shouldGoWhenTheProcessEndsBeforeItIsClosed() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String path =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(3, process.waitFor());
    assertFalse(path.isEmpty());
    assertFalse(Files.exists(Path.of(path)));
  }

  /** A process that leaves in the middle of its work. */
  static final class Forgetful {
    public static void main(String... arguments) throws IOException {
      TemporaryFolder folder = new TemporaryFolder("dunlin-test");
      Files.writeString(folder.path().resolve("file"), "content");
      System.out.println(folder.path());
      System.exit(3);
    }
  }
}

package dunlin.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
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
    shouldGoWithItsProcess(Forgetful.class);
  }

  @Test
  void shouldGoThoughSomebodyGoesOnWritingIntoIt() throws IOException, InterruptedException {
    shouldGoWithItsProcess(Restless.class);
  }

  private static void shouldGoWithItsProcess(Class<?> program)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .start();
    String path =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    String complaints = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", complaints);
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

  /** One whose other thread writes until the folder has gone. */
  static final class Restless {
    public static void main(String... arguments) throws InterruptedException {
      Path path = new TemporaryFolder("dunlin-test").path();
      CountDownLatch begun = new CountDownLatch(100);
      new Thread(() -> write(path, begun)).start();
      begun.await();
      System.out.println(path);
      System.exit(3);
    }

    private static void write(Path path, CountDownLatch begun) {
      try {
        for (int i = 0; true; i++) {
          Path inner = Files.createDirectory(path.resolve("inner" + i));
          Files.writeString(inner.resolve("file"), "content");
          begun.countDown();
        }
      } catch (IOException e) {
        begun.countDown(); // the folder has gone
      }
    }
  }
}

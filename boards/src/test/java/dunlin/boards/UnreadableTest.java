package dunlin.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UnreadableTest {
  @Test
  void shouldSayInWordsWhyAFileCannotBeRead() {
    assertMessage("a.txt: there is no such file: check the path", new NoSuchFileException("a.txt"));
    assertMessage(
        "a.txt: may not be read: check its permissions", new AccessDeniedException("a.txt"));
    assertMessage("a.txt: is not text in UTF-8: save it as UTF-8", new MalformedInputException(1));
    assertMessage(
        "a.txt: cannot be read (Is a directory): check the path and its permissions",
        new IOException("Is a directory"));
    assertMessage("a.txt: cannot be read: check the path and its permissions", new EOFException());
  }

  @Test
  void shouldNameTheFileThatIsMissingInAFolder() {
    IOException missing = new NoSuchFileException("folder/config.json");
    assertEquals(
        "folder/config.json: there is no such file: check the path",
        new Unreadable(Path.of("folder"), missing).getMessage());
  }

  private static void assertMessage(String message, IOException cause) {
    assertEquals(message, new Unreadable(Path.of("a.txt"), cause).getMessage());
  }
}

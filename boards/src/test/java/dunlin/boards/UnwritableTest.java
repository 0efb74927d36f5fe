package dunlin.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnwritableTest {
  static Stream<Arguments> reasons() {
    return Stream.of(
        arguments(new IOException("No space left on device"), "No space left on device"),
        arguments(
            new IllegalStateException("ar: lib.a: No space left on device\n"),
            "No space left on device"),
        arguments(new AccessDeniedException("a.img"), "permission denied"),
        arguments(new NoSuchFileException("a.img"), "there is no such file or folder"),
        arguments(new FileAlreadyExistsException("a"), "a file is in the way"),
        arguments(
            new FileSystemException("a", null, "Read-only file system"), "Read-only file system"),
        arguments(new IOException("Input/output error"), "Input/output error"));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void shouldSayInWordsWhyNothingCanBeWritten(Throwable cause, String reason) {
    assertEquals(
        "a.img: cannot be written (" + reason + "): make room, or choose another place",
        new Unwritable("a.img:", cause).getMessage());
  }

  @Test
  void shouldFindALackOfRoomBehindOtherFailures() {
    IOException full = new IOException("No space left on device");
    assertTrue(Unwritable.lacksRoom(new IllegalStateException("TeaVM failed", full)));
    assertFalse(Unwritable.lacksRoom(new IllegalStateException("TeaVM failed")));
  }
}

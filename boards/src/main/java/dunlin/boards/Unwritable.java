package dunlin.boards;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.stream.Stream;

/** A place where nothing can be written, and why, in words. */
public final class Unwritable extends Refusal {
  private static final long serialVersionUID = 1;
  private static final String FULL = "No space left on device";

  /**
   * @param what was to be written, and where
   */
  public Unwritable(String what, Throwable cause) {
    super(
        what + " cannot be written (" + reason(cause) + ")",
        "make room, or choose another place",
        cause);
  }

  /** Whether there was no room: for a file of ours, or for a tool that says so. */
  public static boolean lacksRoom(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(each -> String.valueOf(each.getMessage()).contains(FULL));
  }

  private static String reason(Throwable cause) {
    if (lacksRoom(cause)) {
      return FULL;
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    boolean ofFile = cause instanceof FileSystemException;
    String reason = ofFile ? ((FileSystemException) cause).getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }
}

package dunlin.boards;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that cannot be read, and why, in words. */
public final class Unreadable extends Refusal {
  private static final long serialVersionUID = 1;

  /**
   * @param file or folder that was to be read; the cause may name a file in it
   */
  public Unreadable(Path file, IOException cause) {
    super(place(file, cause) + ": " + reason(cause), remedy(cause), cause);
  }

  private static String place(Path file, IOException cause) {
    return cause instanceof NoSuchFileException missing ? missing.getFile() : file.toString();
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return "may not be read";
    }
    if (cause instanceof CharacterCodingException) {
      return "is not text in UTF-8";
    }
    String reason = cause.getMessage();
    return "cannot be read" + (reason == null ? "" : " (" + reason + ")");
  }

  private static String remedy(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "check the path";
    }
    if (cause instanceof AccessDeniedException) {
      return "check its permissions";
    }
    return cause instanceof CharacterCodingException
        ? "save it as UTF-8"
        : "check the path and its permissions";
  }
}

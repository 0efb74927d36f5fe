package dunlin.host.features;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Texts from files, in UTF-8. */
public final class TextFiles {
  private static final long LARGEST = 1 << 26;

  private TextFiles() {}

  /**
   * The whole of a file.
   *
   * @throws Refusal if it is unreadable, too large, or other than text
   */
  public static String read(Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new Refusal(
            file + ": " + size + " bytes of text, more than " + LARGEST, "is it the right file?");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Refusal(file + ": is not text in UTF-8", "save it as UTF-8", e);
    } catch (IOException e) {
      throw new Refusal(
          file + ": cannot be read (" + e + ")", "check the path and its permissions", e);
    }
  }

  /**
   * A text from each line that is not blank, at least one.
   *
   * @throws Refusal as {@link #read}, or if there is none
   */
  public static List<String> lines(Path file) {
    List<String> lines = read(file).lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      throw new Refusal(file + ": holds no text", "write a text a line");
    }
    return lines;
  }
}

package dunlin.host.features;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import java.io.IOException;
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
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  /**
   * The whole of a file that has something to read.
   *
   * @throws Refusal as {@link #read}, or if it is blank
   */
  public static String notBlank(Path file) {
    String text = read(file);
    if (text.isBlank()) {
      throw new Refusal(file + ": holds no text", "write one there");
    }
    return text;
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

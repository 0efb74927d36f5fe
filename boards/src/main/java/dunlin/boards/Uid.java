package dunlin.boards;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The 96 bits that tell one microcontroller from any other (RM0090, 39.1): three words, as they lie
 * in its memory.
 */
public record Uid(int first, int second, int third) {
  private static final Pattern DIGITS = Pattern.compile("\\p{XDigit}{24}");

  /** The identifier of three words, as a HELLO has them. */
  public static Uid of(List<Integer> words) {
    return new Uid(words.get(0), words.get(1), words.get(2));
  }

  /** The identifier whose 12 bytes were read from a microcontroller's memory. */
  public static Uid read(byte[] memory) {
    ByteBuffer words = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    return new Uid(words.getInt(), words.getInt(), words.getInt());
  }

  /**
   * The identifier that people write as 24 hexadecimal digits, eight a word.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  @JsonCreator
  public static Uid parse(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException("not 24 hexadecimal digits");
    }
    return new Uid(word(text, 0), word(text, 8), word(text, 16));
  }

  private static int word(String text, int at) {
    return Integer.parseUnsignedInt(text, at, at + 8, 16);
  }

  @JsonValue
  @Override
  public String toString() {
    return String.format("%08x%08x%08x", first, second, third);
  }
}

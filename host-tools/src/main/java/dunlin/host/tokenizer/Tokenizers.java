package dunlin.host.tokenizer;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Path;

/** File to tokenizer. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * The tokenizer in {@code file}.
   *
   * @param file {@code tokenizer.json} if its name ends in {@code .json}, else llama2.c's format
   * @param vocabulary tokens of the model
   * @throws Refusal if it is unreadable or damaged, or belongs to a model with another vocabulary
   */
  public static Tokenizer read(Path file, int vocabulary) {
    try {
      return file.toString().endsWith(".json")
          ? HuggingFaceTokens.read(file, vocabulary)
          : Llama2cTokenizer.read(file, vocabulary);
    } catch (IOException e) {
      throw new Refusal(
          file + ": cannot be read (" + e + ")", "check the path and its permissions", e);
    }
  }

  /** The refusal of a character. */
  static Refusal unknown(String text, int place, String remedy) {
    int character = text.codePointAt(place);
    String shown =
        Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
            ? ""
            : " '" + Character.toString(character) + "'";
    return new Refusal(
        "text: character U+%04X%s at position %d is unknown to the model"
            .formatted(character, shown, place),
        remedy);
  }
}

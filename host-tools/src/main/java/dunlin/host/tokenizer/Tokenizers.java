package dunlin.host.tokenizer;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.GgufVocabulary;
import java.io.IOException;
import java.nio.file.Path;

/** File to tokenizer. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * The tokenizer in {@code file}.
   *
   * @param file {@code tokenizer.json} if its name ends in {@code .json}, GGUF if in {@code .gguf},
   *     else llama2.c's format
   * @param vocabulary tokens of the model
   * @throws Refusal if it is unreadable or damaged, or belongs to a model with another vocabulary
   */
  public static Tokenizer read(Path file, int vocabulary) {
    try {
      if (file.toString().endsWith(".json")) {
        return HuggingFaceTokens.read(file, vocabulary);
      }
      return GgufVocabulary.recognises(file)
          ? GgufTokens.read(file, vocabulary)
          : Llama2cTokenizer.read(file, vocabulary);
    } catch (IOException e) {
      throw new Unreadable(file, e);
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

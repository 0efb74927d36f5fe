package dunlin.host.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.GgufVocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The vocabulary that a GGUF file brings, as llama2.c's tokenizer.py would have written it: both
 * come from SentencePiece, and texts become the same tokens.
 */
final class GgufTokens {
  private static final String SPACE = "\u2581";
  private static final int NORMAL = 1;
  private static final int BYTE = 6;

  private GgufTokens() {}

  static Tokenizer read(Path file, int vocabulary) throws IOException {
    GgufVocabulary tokens = GgufVocabulary.read(file);
    if (tokens.pieces().size() != vocabulary) {
      throw new Refusal(
          "%s: %d tokens, the model has %d".formatted(file, tokens.pieces().size(), vocabulary),
          "convert the model again");
    }
    List<String> pieces = new ArrayList<>();
    for (int token = 0; token < vocabulary; token++) {
      pieces.add(piece(tokens, token));
    }
    List<Float> scores = tokens.scores().stream().map(Double::floatValue).toList();
    return new Llama2cTokenizer(tokens.begin(), tokens.end(), pieces, scores);
  }

  private static String piece(GgufVocabulary tokens, int token) {
    long type = tokens.types().get(token);
    String piece = tokens.pieces().get(token).replace(SPACE, " ");
    boolean text = type == NORMAL || type == BYTE;
    return new String((text ? piece : "\n" + piece + "\n").getBytes(UTF_8), ISO_8859_1);
  }
}

package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The SentencePiece vocabulary in a GGUF file's metadata, {@code tokenizer.ggml.*}.
 *
 * @param pieces with U+2581 for spaces and {@code <0x41>} for bytes
 * @param scores as many as pieces, higher merges first
 * @param types as many as pieces, SentencePiece's: 1 normal, 2 unknown, 3 control, 4 user-defined,
 *     5 unused, 6 byte
 * @param begin the token before a text
 * @param end the token behind a text
 */
public record GgufVocabulary(
    List<String> pieces, List<Double> scores, List<Long> types, int begin, int end) {
  private static final String MODEL = "tokenizer.ggml.model";
  private static final String REMEDY = "put the model's tokenizer.json beside it";

  /** Whether {@code file} is GGUF, by its name. */
  public static boolean recognises(Path file) {
    return GgufFile.recognises(file);
  }

  /**
   * Reads it.
   *
   * @throws Refusal if there is none, it is of another kind, or damaged
   */
  public static GgufVocabulary read(Path file) throws IOException {
    return new Reader(file, GgufFile.read(file).metadata()).read();
  }

  private record Reader(Path file, Map<String, Object> metadata) {
    GgufVocabulary read() {
      Object model = metadata.getOrDefault(MODEL, "missing");
      if (!model.equals("llama")) {
        throw new Refusal(
            "%s: %s is %s, not llama".formatted(file, MODEL, ModelJson.oneLine(model.toString())),
            REMEDY);
      }
      List<String> pieces = list("tokens", "texts", String.class);
      List<Double> scores = list("scores", "numbers", Double.class);
      List<Long> types = list("token_type", "whole numbers", Long.class);
      if (scores.size() != pieces.size() || types.size() != pieces.size()) {
        throw refusal(
            "%d tokens, %d scores, %d types".formatted(pieces.size(), scores.size(), types.size()));
      }
      return new GgufVocabulary(
          pieces,
          scores,
          types,
          token("bos_token_id", 1, pieces.size()),
          token("eos_token_id", 2, pieces.size()));
    }

    private <T> List<T> list(String name, String kind, Class<T> type) {
      if (!(metadata.get(key(name)) instanceof List<?> list)
          || !list.stream().allMatch(type::isInstance)) {
        throw refusal(key(name) + " is not a list of " + kind);
      }
      return list.stream().map(type::cast).toList();
    }

    private int token(String name, long otherwise, int tokens) {
      Object token = metadata.getOrDefault(key(name), otherwise);
      if (!(token instanceof Long id) || id < 0 || id >= tokens) {
        throw refusal(key(name) + " is " + ModelJson.oneLine(token.toString()));
      }
      return id.intValue();
    }

    private static String key(String name) {
      return "tokenizer.ggml." + name;
    }

    private Refusal refusal(String what) {
      return new Refusal(file + ": " + what, REMEDY);
    }
  }
}

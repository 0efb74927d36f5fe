package dunlin.host.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes tokenizer.json in the manner of Llama 2: SentencePiece's pairs, "▁" for a space. */
public final class TokenizerJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private TokenizerJson() {}

  /**
   * Three special tokens, 256 for bytes, "▁", then {@code pieces}; one of several characters merges
   * from all but its last and its last.
   *
   * @param bytes whether the byte tokens serve as such
   */
  public static String of(boolean bytes, String... pieces) throws JsonProcessingException {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    List<String> merges = new ArrayList<>();
    for (String name : List.of("<unk>", "<s>", "</s>")) {
      vocabulary.put(name, vocabulary.size());
    }
    for (int value = 0; value < 256; value++) {
      vocabulary.put((bytes ? "<0x%02X>" : "<byte %02X>").formatted(value), vocabulary.size());
    }
    vocabulary.put("▁", vocabulary.size());
    for (String piece : pieces) {
      vocabulary.put(piece, vocabulary.size());
      int last = piece.length() - 1;
      if (last > 0) {
        merges.add(piece.substring(0, last) + " " + piece.substring(last));
      }
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("unk_token", "<unk>");
    model.put("fuse_unk", true);
    model.put("byte_fallback", bytes);
    model.put("vocab", vocabulary);
    model.put("merges", merges);
    return JSON.writeValueAsString(file(model));
  }

  private static Map<String, Object> file(Map<String, Object> model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", "1.0");
    json.put("added_tokens", List.of(special(0, "<unk>"), special(1, "<s>"), special(2, "</s>")));
    json.put(
        "normalizer",
        sequence("normalizers", Map.of("type", "Prepend", "prepend", "▁"), replace(" ", "▁")));
    json.put(
        "decoder",
        sequence(
            "decoders",
            replace("▁", " "),
            Map.of("type", "ByteFallback"),
            Map.of("type", "Fuse"),
            Map.of("type", "Strip", "content", " ", "start", 1, "stop", 0)));
    json.put("model", model);
    return json;
  }

  private static Map<String, Object> special(int id, String content) {
    Map<String, Object> token = new LinkedHashMap<>(Map.of("id", id, "content", content));
    List.of("single_word", "lstrip", "rstrip", "normalized").forEach(key -> token.put(key, false));
    token.put("special", true);
    return token;
  }

  private static Map<String, Object> replace(String from, String to) {
    return Map.of("type", "Replace", "pattern", Map.of("String", from), "content", to);
  }

  private static Map<String, Object> sequence(String key, Object... parts) {
    return Map.of("type", "Sequence", key, List.of(parts));
  }
}

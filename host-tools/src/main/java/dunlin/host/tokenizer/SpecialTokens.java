package dunlin.host.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.ModelJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the library does not tell about a {@code tokenizer.json}: which tokens begin and end a text
 * ({@code config.json} and {@code generation_config.json} beside it say so, else the customary
 * names), which one stands for the unknown, and how many there are.
 *
 * @param unknown -1 if there is none
 * @param size one above the highest token
 */
record SpecialTokens(int begin, Set<Integer> ends, int unknown, int size) {
  private static final List<String> BEGINS = List.of("<s>", "<|begin_of_text|>", "<|endoftext|>");
  private static final List<String> ENDS =
      List.of("</s>", "<|end_of_text|>", "<|eot_id|>", "<|endoftext|>");

  private static final int LARGEST = 1 << 24; // far above any vocabulary

  SpecialTokens {
    ends = Set.copyOf(ends);
  }

  static SpecialTokens read(Path file) throws IOException {
    return new Reader(file, ModelJson.read(file), new HashMap<>()).read();
  }

  private record Reader(Path file, JsonNode json, Map<String, Integer> tokens) {
    SpecialTokens read() throws IOException {
      JsonNode type = json.path("model").path("type");
      if (!type.asText().equals("BPE")) {
        throw refusal("model type " + ModelJson.shown(type) + " is not BPE, as Llama's is");
      }
      refuseTrailingStrip(json.path("decoder"));
      for (JsonNode added : json.path("added_tokens")) {
        tokens.put(added.path("content").asText(), id(added.path("id")));
      }
      for (Map.Entry<String, JsonNode> entry : json.path("model").path("vocab").properties()) {
        tokens.putIfAbsent(entry.getKey(), id(entry.getValue()));
      }
      if (tokens.isEmpty()) {
        throw refusal("no tokens in model.vocab or added_tokens");
      }
      Set<Integer> begins = new TreeSet<>();
      Set<Integer> ends = new TreeSet<>();
      for (String name : List.of("generation_config.json", "config.json")) {
        Path config = file.resolveSibling(name);
        if (Files.exists(config)) {
          JsonNode ids = ModelJson.read(config);
          addAll(ids.path("bos_token_id"), begins);
          addAll(ids.path("eos_token_id"), ends);
        }
      }
      addNamed(BEGINS, begins);
      addNamed(ENDS, ends);
      int size = 1 + tokens.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      int begin = begins.iterator().next();
      if (begin >= size) {
        throw refusal("token " + begin + ", with which config.json begins a text, is not there");
      }
      ends.add(begin);
      return new SpecialTokens(begin, ends, unknown(), size);
    }

    /** On a short token, it indexes below zero (huggingface/tokenizers, pull request 2239). */
    private void refuseTrailingStrip(JsonNode decoder) {
      if (decoder.path("type").asText().equals("Strip") && decoder.path("stop").asLong() != 0) {
        throw refusal("decoder " + ModelJson.shown(decoder) + " would crash the library");
      }
      decoder.path("decoders").forEach(this::refuseTrailingStrip);
    }

    private int unknown() {
      return tokens.getOrDefault(json.path("model").path("unk_token").textValue(), -1);
    }

    private void addAll(JsonNode ids, Set<Integer> to) {
      if (ids.isArray()) {
        ids.forEach(each -> to.add(id(each)));
      } else if (!ids.isMissingNode() && !ids.isNull()) {
        to.add(id(ids));
      }
    }

    private void addNamed(List<String> names, Set<Integer> to) {
      if (to.isEmpty()) {
        names.stream().map(tokens::get).filter(Objects::nonNull).forEach(to::add);
      }
      if (to.isEmpty()) {
        throw refusal("none of its tokens is " + String.join(" or ", names));
      }
    }

    private int id(JsonNode id) {
      if (!id.isInt() || id.intValue() < 0 || id.intValue() >= LARGEST) {
        throw refusal("token id " + ModelJson.shown(id));
      }
      return id.intValue();
    }

    private Refusal refusal(String what) {
      return new Refusal(file + ": " + what, "take the tokenizer.json that came with the model");
    }
  }
}

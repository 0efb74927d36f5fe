package dunlin.host.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.ModelJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A WordPiece tokenizer in the library's own form: {@code tokenizer.json}, or what {@code
 * vocab.txt} and {@code tokenizer_config.json} stand for.
 *
 * @param file that holds the pieces
 * @param json what the library is to read
 */
record WordPieceFile(Path file, JsonNode json) {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String VOCABULARY = "vocab.txt";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String UNKNOWN = "[UNK]";
  private static final long LARGEST = 1 << 26;
  private static final int LONGEST_WORD = 100; // transformers' max_input_chars_per_word

  static WordPieceFile in(Path folder) throws IOException {
    Path tokenizer = folder.resolve(TOKENIZER);
    if (Files.exists(tokenizer)) {
      return new WordPieceFile(tokenizer, ModelJson.read(tokenizer));
    }
    Path vocabulary = folder.resolve(VOCABULARY);
    if (Files.exists(vocabulary)) {
      return new WordPieceFile(vocabulary, ofLines(vocabulary, config(folder)));
    }
    throw new Refusal(
        folder + ": has neither " + TOKENIZER + " nor " + VOCABULARY,
        "copy the one that came with the model there");
  }

  private static JsonNode config(Path folder) throws IOException {
    Path file = folder.resolve(CONFIG);
    return Files.exists(file) ? ModelJson.read(file) : JsonNodeFactory.instance.objectNode();
  }

  /** A piece a line, its token the line's number from 0; the last of equals counts, as there. */
  private static ObjectNode ofLines(Path file, JsonNode config) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    boolean lower = config.path("do_lower_case").asBoolean(true);
    ObjectNode normalizer = json.putObject("normalizer").put("type", "BertNormalizer");
    normalizer.put("clean_text", true).put("lowercase", lower);
    normalizer.put("handle_chinese_chars", config.path("tokenize_chinese_chars").asBoolean(true));
    normalizer.put("strip_accents", config.path("strip_accents").asBoolean(lower));
    json.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode model = json.putObject("model").put("type", "WordPiece");
    model.put("unk_token", UNKNOWN).put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", LONGEST_WORD);
    ObjectNode pieces = model.putObject("vocab");
    List<String> lines = lines(file);
    for (int token = 0; token < lines.size(); token++) {
      pieces.put(lines.get(token), token);
    }
    return json;
  }

  private static List<String> lines(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new Refusal(file + ": is no vocabulary of pieces", "is it the right file?");
    }
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new Refusal(file + ": is not text in UTF-8", "download it again", e);
    }
  }

  /**
   * The token of each of {@code marks}.
   *
   * @param vocabulary tokens of the model, which all pieces must be among
   * @throws Refusal if it is no WordPiece, or belongs to a model with another vocabulary
   */
  int[] tokens(List<String> marks, int vocabulary) {
    JsonNode type = json.path("model").path("type");
    if (!type.asText().equals("WordPiece")) {
      throw refusal("model type " + ModelJson.shown(type) + " is not WordPiece, as BERT's is");
    }
    JsonNode pieces = json.path("model").path("vocab");
    pieces.forEach(token -> check(token, vocabulary));
    json.path("added_tokens").forEach(added -> check(added.path("id"), vocabulary));
    if (!pieces.has(UNKNOWN)) {
      throw refusal("no piece is " + UNKNOWN);
    }
    return marks.stream().mapToInt(mark -> token(pieces, mark)).toArray();
  }

  private int token(JsonNode pieces, String mark) {
    if (!pieces.has(mark)) {
      throw refusal("no piece is " + mark);
    }
    return pieces.path(mark).intValue();
  }

  private void check(JsonNode token, int vocabulary) {
    if (!token.isInt() || token.intValue() < 0 || token.intValue() >= vocabulary) {
      throw refusal("token " + ModelJson.shown(token) + ", the model has " + vocabulary);
    }
  }

  private Refusal refusal(String what) {
    return new Refusal(file + ": " + what, "take the tokenizer that the model was trained with");
  }
}

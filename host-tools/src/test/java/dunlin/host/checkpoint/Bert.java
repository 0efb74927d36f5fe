package dunlin.host.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dunlin.host.model.TokenSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * Tiny models as transformers saved them, and what transformers made of texts with them: make.py,
 * among the resources of this package, has made both.
 *
 * @param folder config.json, weights, the tokenizer's files
 */
public record Bert(Path folder) {
  /**
   * A MobileBERT of questions: two blocks, three feed-forwards in each. Its tokenizer is vocab.txt.
   */
  public static final Bert MOBILE = named("tiny-mobilebert");

  /** A BERT that tells three labels apart. Its tokenizer is tokenizer.json. */
  public static final Bert PLAIN = named("tiny-bert");

  private static final JsonMapper JSON = new JsonMapper();

  /** A text of two parts, and what transformers' tokenizer made of it. */
  public record Text(
      String question, String context, int[] tokens, int[] types, List<int[]> offsets) {}

  /** The model of a folder among the resources. */
  public static Bert named(String name) {
    try {
      return new Bert(Path.of(Bert.class.getResource(name).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What transformers' logits are of. */
  public TokenSequence input() {
    return new TokenSequence(
        "pair", ints(expected().path("tokens")), ints(expected().path("types")));
  }

  /** Transformers' logits, computed in doubles, row by row. */
  public double[] logits() {
    return StreamSupport.stream(expected().path("logits").spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  public List<Text> texts() {
    return StreamSupport.stream(expected().path("texts").spliterator(), false)
        .map(Bert::text)
        .toList();
  }

  private static Text text(JsonNode json) {
    return new Text(
        json.path("question").asText(),
        json.path("context").asText(),
        ints(json.path("tokens")),
        ints(json.path("types")),
        StreamSupport.stream(json.path("offsets").spliterator(), false).map(Bert::ints).toList());
  }

  /** A copy of the folder, its config.json changed. */
  public Path copy(Path to, Consumer<ObjectNode> change) throws IOException {
    for (String file : List.of("model.safetensors", "vocab.txt", "tokenizer.json")) {
      if (Files.exists(folder.resolve(file))) {
        Files.copy(folder.resolve(file), to.resolve(file));
      }
    }
    ObjectNode config = (ObjectNode) JSON.readTree(folder.resolve("config.json").toFile());
    change.accept(config);
    JSON.writeValue(to.resolve("config.json").toFile(), config);
    return to;
  }

  private JsonNode expected() {
    try {
      return JSON.readTree(folder.resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] ints(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}

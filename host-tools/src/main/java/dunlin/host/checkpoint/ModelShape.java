package dunlin.host.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.Refusal;
import dunlin.boards.TomlFile;
import dunlin.boards.Unreadable;
import dunlin.host.model.LlamaConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The shape of a model whose weights are not there.
 *
 * @param name for people
 * @param tied whether the embedding is the head
 */
public record ModelShape(String name, LlamaConfig config, boolean tied) {
  private static final String KNOWN = "shapes.toml";

  /** The shapes that come with Dunlin. */
  private record Shelf(@JsonProperty(required = true) List<Numbers> shapes) {}

  private record Numbers(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) int dim,
      @JsonProperty(required = true) int hidden,
      @JsonProperty(required = true) int layers,
      @JsonProperty(required = true) int heads,
      @JsonProperty(value = "kv-heads", required = true) int kvHeads,
      @JsonProperty(required = true) int vocabulary,
      @JsonProperty(required = true) int context) {
    LlamaConfig config() {
      return new LlamaConfig(
          dim, hidden, layers, heads, kvHeads, dim / heads, vocabulary, context, 1e-5, 10_000);
    }
  }

  /**
   * A shape by its name, or that of a Hugging Face config.json.
   *
   * @throws Refusal where there is neither, or the file is none
   */
  public static ModelShape of(String nameOrFile) {
    List<Numbers> known = shelf().shapes();
    Optional<Numbers> named =
        known.stream().filter(shape -> shape.name().equals(nameOrFile)).findFirst();
    if (named.isPresent()) {
      return new ModelShape(nameOrFile, named.get().config(), true);
    }
    Path file = Path.of(nameOrFile);
    if (!Files.isRegularFile(file)) {
      throw new Refusal(
          "no shape is called " + nameOrFile,
          "choose one of "
              + known.stream().map(Numbers::name).collect(Collectors.joining(", "))
              + ", or name a config.json");
    }
    try {
      HuggingFaceConfig read = HuggingFaceConfig.read(file);
      return new ModelShape(nameOrFile, read.config(), read.tied());
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  private static Shelf shelf() {
    try (InputStream in = ModelShape.class.getResourceAsStream(KNOWN)) {
      String toml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TomlFile(KNOWN, toml, "it comes with Dunlin").read(Shelf.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

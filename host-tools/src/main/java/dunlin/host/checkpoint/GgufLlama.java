package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.host.model.LlamaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A Llama as GGUF: its shape from the metadata {@code llama.*}, its tensors by llama.cpp's names.
 * llama.cpp's converter has already brought the rows of query and key into the order of
 * neighbouring pairs (its LlamaModel.permute), which is that of {@code FloatModel}. What would
 * change the arithmetic and is not implemented is refused by its key.
 */
record GgufLlama(GgufFile gguf) {
  private static final String ARCHITECTURE = "general.architecture";
  private static final String LLAMA = "llama";

  static Listing list(Path file) throws IOException {
    return new GgufLlama(GgufFile.read(file)).listing();
  }

  private Listing listing() {
    checkSupported();
    LlamaConfig config = Shapes.check(gguf.file(), config());
    if (integer("vocab_size", config.vocabulary()) != config.vocabulary()) {
      throw wrong("vocab_size", "as many as token_embd.weight has rows");
    }
    boolean tied = !gguf.tensors().containsKey(Weight.HEAD.ggufName(0));
    return new Listing(
        Checkpoints.nameOf(gguf.file()),
        "GGUF v" + gguf.version(),
        config,
        tied,
        false,
        new Inventory(gguf.file(), "its metadata", gguf.tensors())
            .llama(config, tied, Weight::ggufName));
  }

  private LlamaConfig config() {
    int dim = integer("embedding_length");
    int heads = integer("attention.head_count");
    int headSize =
        gguf.metadata().containsKey(key("attention.key_length"))
            ? integer("attention.key_length")
            : Shapes.headSize(gguf.file(), dim, heads);
    for (String key : List.of("attention.value_length", "rope.dimension_count")) {
      if (integer(key, headSize) != headSize) {
        throw wrong(key, "a head's size, " + headSize);
      }
    }
    return new LlamaConfig(
        dim,
        integer("feed_forward_length"),
        integer("block_count"),
        heads,
        integer("attention.head_count_kv", heads),
        headSize,
        vocabulary(),
        integer("context_length"),
        number("attention.layer_norm_rms_epsilon", null),
        number("rope.freq_base", 10_000.0));
  }

  private int vocabulary() {
    StoredTensor embedding = gguf.tensors().get(Weight.EMBEDDING.ggufName(0));
    return embedding == null ? integer("vocab_size") : embedding.shape().get(0);
  }

  private void checkSupported() {
    Object architecture = gguf.metadata().getOrDefault(ARCHITECTURE, "");
    if (!architecture.equals(LLAMA)) {
      throw new Refusal(
          "%s: %s is '%s'".formatted(gguf.file(), ARCHITECTURE, shown(architecture)),
          "Dunlin runs the architecture llama");
    }
    Object scaling = gguf.metadata().getOrDefault(key("rope.scaling.type"), "none");
    if (!scaling.equals("none")) {
      throw wrong("rope.scaling.type", "none");
    }
    if (number("rope.scaling.factor", 1.0) != 1 || number("rope.scale_linear", 1.0) != 1) {
      throw wrong("rope.scaling.factor", "1");
    }
    if (integer("expert_count", 0) != 0) {
      throw wrong("expert_count", "0");
    }
  }

  private int integer(String name) {
    return integer(name, null);
  }

  /**
   * A whole number.
   *
   * @param otherwise where the key is missing; null if it must be there
   */
  private int integer(String name, Integer otherwise) {
    Object value = gguf.metadata().get(key(name));
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (!(value instanceof Long number) || number != number.intValue()) {
      throw wrong(name, "a whole number");
    }
    return number.intValue();
  }

  private double number(String name, Double otherwise) {
    Object value = gguf.metadata().get(key(name));
    if (value == null && otherwise != null) {
      return otherwise;
    }
    if (!(value instanceof Double number)) {
      throw wrong(name, "a number");
    }
    return decimal(number);
  }

  /** 1e-5 was meant where a float's 9.99999974737875e-6 is stored. */
  private static double decimal(double number) {
    return (float) number == number ? Double.parseDouble(Float.toString((float) number)) : number;
  }

  private static String key(String name) {
    return LLAMA + "." + name;
  }

  private Refusal wrong(String name, String due) {
    Object value = gguf.metadata().get(key(name));
    String found = value == null ? "missing" : shown(value);
    return new Refusal(
        "%s: %s is %s, not %s".formatted(gguf.file(), key(name), found, due),
        "Dunlin runs Llamas with plain rotary embedding; convert or download the model again");
  }

  private static String shown(Object value) {
    return value instanceof List<?> list
        ? "a list of " + list.size()
        : ModelJson.oneLine(value.toString());
  }
}

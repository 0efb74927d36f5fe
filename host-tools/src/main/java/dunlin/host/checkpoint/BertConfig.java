package dunlin.host.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Bottleneck;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.Nonlinearity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code config.json} of a Hugging Face BERT or MobileBERT (transformers' BertConfig and
 * MobileBertConfig, whose defaults hold here too). What would change the arithmetic and is not
 * implemented is refused by its key.
 *
 * @param body before the names of tensors but those of the head
 * @param head the name of the head's tensors
 * @param pooled whether there is a pooler's layer
 */
record BertConfig(EncoderConfig config, String body, String head, boolean pooled) {
  private static final String QUESTIONS = "ForQuestionAnswering";
  private static final String SEQUENCES = "ForSequenceClassification";
  private static final Map<String, Nonlinearity> ACTIVATIONS =
      Map.of(
          "relu", Nonlinearity.RELU,
          "gelu", Nonlinearity.GELU_ERF,
          "gelu_new", Nonlinearity.GELU_TANH,
          "gelu_pytorch_tanh", Nonlinearity.GELU_TANH);
  private static final Map<String, String> CLASSES =
      Map.of("bert", "Bert", "mobilebert", "MobileBert");
  private static final String SUPPORTED =
      "Dunlin runs BERT and MobileBERT ("
          + QUESTIONS
          + ", "
          + SEQUENCES
          + ") as they were published: docs/text.md";

  private static final int WIDEST = 1 << 16;
  private static final int MOST_LAYERS = 1 << 10;
  private static final int MOST_TOKENS = 1 << 22;

  /** Whether a config.json is for {@link #read}: of its model type. */
  static boolean recognises(Path file) throws IOException {
    return CLASSES.containsKey(ModelJson.read(file).path("model_type").asText());
  }

  static BertConfig read(Path file) throws IOException {
    return new Reader(ConfigJson.read(file)).config();
  }

  /** The names of the classes of which a text, or whatever a model reads, is one. */
  static List<String> labels(Path file) throws IOException {
    Reader reader = new Reader(ConfigJson.read(file));
    reader.expectOneOfSeveral();
    return reader.labels();
  }

  private record Reader(ConfigJson json) {
    BertConfig config() {
      String type = json.text("model_type", "");
      String architecture = architecture(type);
      boolean mobile = type.equals("mobilebert");
      refusePlainly();
      Optional<Bottleneck> bottleneck = mobile ? Optional.of(bottleneck()) : Optional.empty();
      boolean questions = architecture.endsWith(QUESTIONS);
      int dim = json.integer("hidden_size", WIDEST);
      int heads = json.integer("num_attention_heads", WIDEST);
      EncoderConfig config =
          EncoderConfig.ofText(
              json.integer("max_position_embeddings", WIDEST),
              words(mobile, dim),
              dim,
              json.integer("intermediate_size", WIDEST),
              json.integer("num_hidden_layers", MOST_LAYERS),
              heads,
              headSize(bottleneck.map(Bottleneck::width).orElse(dim), heads),
              bottleneck,
              activation(),
              questions ? Pooling.EVERY_TOKEN : Pooling.FIRST_TOKEN,
              epsilon(),
              questions ? EncoderConfig.SPANS : labels());
      return new BertConfig(
          config,
          type + ".",
          questions ? "qa_outputs" : "classifier",
          !questions && (!mobile || json.flag("classifier_activation", true)));
    }

    private String architecture(String type) {
      JsonNode names = json.get("architectures");
      String name = names.path(0).asText();
      String start = CLASSES.get(type);
      if (names.size() != 1 || !List.of(start + QUESTIONS, start + SEQUENCES).contains(name)) {
        throw unsupported("architectures");
      }
      return name;
    }

    /** What neither of the two is to have. */
    private void refusePlainly() {
      expect("position_embedding_type", "absolute");
      expectOneOfSeveral();
      for (String key : List.of("is_decoder", "add_cross_attention")) {
        if (json.flag(key, false)) {
          throw unsupported(key);
        }
      }
      if (json.present("quantization_config")) {
        throw unsupported("quantization_config");
      }
    }

    void expectOneOfSeveral() {
      expect("problem_type", "single_label_classification");
    }

    private void expect(String key, String only) {
      if (!json.text(key, only).equals(only)) {
        throw unsupported(key);
      }
    }

    private Bottleneck bottleneck() {
      expect("normalization_type", "no_norm");
      for (String key : List.of("use_bottleneck", "key_query_shared_bottleneck")) {
        if (!json.flag(key, true)) {
          throw unsupported(key);
        }
      }
      if (json.flag("use_bottleneck_attention", false)) {
        throw unsupported("use_bottleneck_attention");
      }
      return new Bottleneck(
          json.integer("intra_bottleneck_size", WIDEST),
          json.integer("num_feedforward_networks", MOST_LAYERS));
    }

    private Words words(boolean mobile, int dim) {
      return new Words(
          json.integer("vocab_size", MOST_TOKENS),
          mobile ? json.integer("embedding_size", WIDEST) : dim,
          mobile && json.flag("trigram_input", true),
          json.present("type_vocab_size") ? json.integer("type_vocab_size", WIDEST) : 2);
    }

    private int headSize(int width, int heads) {
      if (width % heads != 0) {
        throw json.wrong(
            "num_attention_heads", json.get("num_attention_heads"), "a divisor of " + width);
      }
      return width / heads;
    }

    private Nonlinearity activation() {
      String name = json.text("hidden_act", "");
      if (!ACTIVATIONS.containsKey(name)) {
        throw unsupported("hidden_act");
      }
      return ACTIVATIONS.get(name);
    }

    private double epsilon() {
      double epsilon = json.number("layer_norm_eps", 1e-12);
      if (!(epsilon > 0 && epsilon <= 1)) {
        throw json.wrong("layer_norm_eps", json.get("layer_norm_eps"), "above 0 and up to 1");
      }
      return epsilon;
    }

    List<String> labels() {
      JsonNode named = json.get("id2label");
      if (!json.present("id2label")) {
        return List.of("LABEL_0", "LABEL_1");
      }
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < named.size(); i++) {
        labels.add(named.path(String.valueOf(i)).asText());
      }
      Labels.fault(labels)
          .ifPresent(
              fault -> {
                throw json.wrong("id2label", named, "a name for each class (" + fault + ")");
              });
      return labels;
    }

    private Refusal unsupported(String key) {
      return json.unsupported(key, json.get(key), SUPPORTED);
    }
  }
}

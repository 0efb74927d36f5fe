package dunlin.host.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dunlin.boards.Refusal;
import dunlin.host.model.LlamaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code config.json} of a Hugging Face Llama (transformers' LlamaConfig, whose defaults hold
 * here too). What would change the arithmetic and is not implemented is refused by its name.
 *
 * @param tied whether the embedding serves as the head
 */
record HuggingFaceConfig(LlamaConfig config, boolean tied) {
  private static final String ARCHITECTURE = "LlamaForCausalLM";

  static HuggingFaceConfig read(Path file) throws IOException {
    return new Reader(file, ModelJson.read(file)).config();
  }

  private record Reader(Path file, JsonNode json) {
    HuggingFaceConfig config() {
      checkSupported();
      int dim = integer("hidden_size");
      int heads = integer("num_attention_heads");
      LlamaConfig config =
          new LlamaConfig(
              dim,
              integer("intermediate_size"),
              integer("num_hidden_layers"),
              heads,
              present("num_key_value_heads") ? integer("num_key_value_heads") : heads,
              present("head_dim") ? integer("head_dim") : Shapes.headSize(file, dim, heads),
              integer("vocab_size"),
              integer("max_position_embeddings"),
              number(json, "rms_norm_eps", 1e-6),
              ropeTheta());
      return new HuggingFaceConfig(Shapes.check(file, config), flag("tie_word_embeddings"));
    }

    private void checkSupported() {
      JsonNode architectures = json.path("architectures");
      boolean llama =
          present("architectures")
              ? architectures.size() == 1 && architectures.path(0).asText().equals(ARCHITECTURE)
              : json.path("model_type").asText().equals("llama");
      if (!llama) {
        throw unsupported(
            "architecture", present("architectures") ? architectures : json.path("model_type"));
      }
      if (present("hidden_act") && !json.path("hidden_act").asText().equals("silu")) {
        throw unsupported("hidden_act", json.path("hidden_act"));
      }
      for (String bias : List.of("attention_bias", "mlp_bias")) {
        if (flag(bias)) {
          throw unsupported(bias, json.path(bias));
        }
      }
      if (present("quantization_config")) {
        throw unsupported("quantization_config", json.path("quantization_config"));
      }
    }

    /** transformers 5 moved the base into {@code rope_parameters}. */
    private double ropeTheta() {
      double theta = number(json, "rope_theta", 10_000);
      for (String key : List.of("rope_scaling", "rope_parameters")) {
        if (present(key)) {
          JsonNode rope = json.path(key);
          boolean plain =
              rope.path("rope_type").asText().equals("default")
                  && number(rope, "partial_rotary_factor", 1) == 1;
          if (!plain) {
            throw unsupported(key, rope);
          }
          theta = number(rope, "rope_theta", theta);
        }
      }
      return theta;
    }

    private boolean present(String key) {
      return json.hasNonNull(key);
    }

    private int integer(String key) {
      JsonNode value = json.path(key);
      if (!value.isInt()) {
        throw wrong(key, value, "a whole number");
      }
      return value.intValue();
    }

    private double number(JsonNode in, String key, double otherwise) {
      JsonNode value = in.path(key);
      if (value.isMissingNode() || value.isNull()) {
        return otherwise;
      }
      if (!value.isNumber()) {
        throw wrong(key, value, "a number");
      }
      return value.doubleValue();
    }

    private boolean flag(String key) {
      JsonNode value = json.path(key);
      if (present(key) && !value.isBoolean()) {
        throw wrong(key, value, "true or false");
      }
      return value.booleanValue();
    }

    private Refusal wrong(String key, JsonNode value, String due) {
      String found = value instanceof MissingNode ? "missing" : ModelJson.shown(value);
      return new Refusal(
          "%s: %s is %s, not %s".formatted(file, key, found, due),
          "take the config.json that belongs to the model");
    }

    private Refusal unsupported(String key, JsonNode value) {
      return new Refusal(
          "%s: %s %s is not supported".formatted(file, key, ModelJson.shown(value)),
          "Dunlin runs " + ARCHITECTURE + " with silu, plain rotary embedding and no biases");
    }
  }
}

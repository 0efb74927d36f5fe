package dunlin.host.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
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
    return new Reader(file, ConfigJson.read(file)).config();
  }

  private record Reader(Path file, ConfigJson json) {
    HuggingFaceConfig config() {
      checkSupported();
      int dim = json.integer("hidden_size");
      int heads = json.integer("num_attention_heads");
      LlamaConfig config =
          new LlamaConfig(
              dim,
              json.integer("intermediate_size"),
              json.integer("num_hidden_layers"),
              heads,
              json.present("num_key_value_heads") ? json.integer("num_key_value_heads") : heads,
              json.present("head_dim")
                  ? json.integer("head_dim")
                  : Shapes.headSize(file, dim, heads),
              json.integer("vocab_size"),
              json.integer("max_position_embeddings"),
              json.number("rms_norm_eps", 1e-6),
              ropeTheta());
      return new HuggingFaceConfig(
          Shapes.check(file, config), json.flag("tie_word_embeddings", false));
    }

    private void checkSupported() {
      JsonNode architectures = json.get("architectures");
      boolean llama =
          json.present("architectures")
              ? architectures.size() == 1 && architectures.path(0).asText().equals(ARCHITECTURE)
              : json.get("model_type").asText().equals("llama");
      if (!llama) {
        throw unsupported(
            "architecture", json.present("architectures") ? architectures : json.get("model_type"));
      }
      if (json.present("hidden_act") && !json.get("hidden_act").asText().equals("silu")) {
        throw unsupported("hidden_act", json.get("hidden_act"));
      }
      for (String bias : List.of("attention_bias", "mlp_bias")) {
        if (json.flag(bias, false)) {
          throw unsupported(bias, json.get(bias));
        }
      }
      if (json.present("quantization_config")) {
        throw unsupported("quantization_config", json.get("quantization_config"));
      }
    }

    /** transformers 5 moved the base into {@code rope_parameters}. */
    private double ropeTheta() {
      double theta = json.number("rope_theta", 10_000);
      for (String key : List.of("rope_scaling", "rope_parameters")) {
        if (json.present(key)) {
          JsonNode rope = json.get(key);
          boolean plain =
              rope.path("rope_type").asText().equals("default")
                  && json.number(rope, "partial_rotary_factor", 1) == 1;
          if (!plain) {
            throw unsupported(key, rope);
          }
          theta = json.number(rope, "rope_theta", theta);
        }
      }
      return theta;
    }

    private Refusal unsupported(String key, JsonNode value) {
      return json.unsupported(
          key,
          value,
          "Dunlin runs " + ARCHITECTURE + " with silu, plain rotary embedding and no biases");
    }
  }
}

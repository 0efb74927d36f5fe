package dunlin.host.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** The keys of a Hugging Face {@code config.json}; null counts as missing, as it does there. */
record ConfigJson(Path file, JsonNode json) {
  static ConfigJson read(Path file) throws IOException {
    return new ConfigJson(file, ModelJson.read(file));
  }

  boolean present(String key) {
    return json.hasNonNull(key);
  }

  JsonNode get(String key) {
    return json.path(key);
  }

  int integer(String key) {
    return expect(key, JsonNode::isInt, "a whole number").intValue();
  }

  /** As {@link #integer(String)}, from 1 to {@code most}. */
  int integer(String key, int most) {
    int value = integer(key);
    if (value < 1 || value > most) {
      throw wrong(key, json.path(key), "1 to " + most);
    }
    return value;
  }

  double number(String key, double otherwise) {
    return number(json, key, otherwise);
  }

  /** As {@link #number(String, double)}, of an object within. */
  double number(JsonNode in, String key, double otherwise) {
    JsonNode value = in.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw wrong(key, value, "a number");
    }
    return value.doubleValue();
  }

  boolean flag(String key, boolean otherwise) {
    return present(key)
        ? expect(key, JsonNode::isBoolean, "true or false").booleanValue()
        : otherwise;
  }

  String text(String key, String otherwise) {
    return present(key) ? expect(key, JsonNode::isTextual, "a text").textValue() : otherwise;
  }

  private JsonNode expect(String key, Predicate<JsonNode> form, String due) {
    JsonNode value = json.path(key);
    if (!form.test(value)) {
      throw wrong(key, value, due);
    }
    return value;
  }

  Refusal wrong(String key, JsonNode value, String due) {
    String found = value instanceof MissingNode ? "missing" : ModelJson.shown(value);
    return new Refusal(
        "%s: %s is %s, not %s".formatted(file, key, found, due),
        "take the config.json that belongs to the model");
  }

  /**
   * @param remedy what is supported
   */
  Refusal unsupported(String key, JsonNode value, String remedy) {
    return new Refusal(
        "%s: %s %s is not supported".formatted(file, key, ModelJson.shown(value)), remedy);
  }
}

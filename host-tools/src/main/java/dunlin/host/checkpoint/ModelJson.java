package dunlin.host.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON that comes with a model, read strictly: one object, no key twice, nothing after it. */
public final class ModelJson {
  private static final int LARGEST = 1 << 26;
  private static final int SHOWN = 80;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ModelJson() {}

  /**
   * The object in {@code file}.
   *
   * @throws Refusal if it is not one, or larger than 64 MiB
   */
  public static JsonNode read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw new Refusal(
          file + ": " + size + " bytes of JSON, more than " + LARGEST, "is it the right file?");
    }
    return parse(file, Files.readAllBytes(file));
  }

  static JsonNode parse(Path file, byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (!node.isObject()) {
        throw new Refusal(file + ": its JSON is not an object", "export or download it again");
      }
      return node;
    } catch (IOException e) { // bytes at hand: what cannot be read is malformed
      String why =
          e instanceof JsonProcessingException bad ? bad.getOriginalMessage() : e.getMessage();
      throw new Refusal(file + ": " + oneLine(why), "it is not valid JSON", e);
    }
  }

  /** A node as a person may see it: one line, not too long. */
  public static String shown(JsonNode node) {
    return oneLine(node.toString());
  }

  /** Text from a file as a person may see it: one line, not too long. */
  public static String oneLine(String text) {
    String line = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}

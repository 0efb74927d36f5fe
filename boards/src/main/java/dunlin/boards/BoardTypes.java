package dunlin.boards;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The board types that come with Dunlin. */
public final class BoardTypes {
  /** Their names; {@code emulated} is a board of any size. */
  public static final List<String> NAMES =
      List.of("emulated", "stm32f405", "nucleo-h743zi2", "nucleo-l476rg");

  private static final TomlMapper MAPPER =
      TomlMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private BoardTypes() {}

  /** The type called {@code name}. */
  public static BoardType named(String name) {
    if (!NAMES.contains(name)) {
      throw new Refusal("no board is called " + name, "choose one of " + String.join(", ", NAMES));
    }
    String file = name + ".toml";
    try (InputStream in = BoardTypes.class.getResourceAsStream(file)) {
      return read(file, new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a board file.
   *
   * @param file its name, for messages
   * @param toml its text
   */
  public static BoardType read(String file, String toml) {
    try {
      return MAPPER.readValue(toml, BoardType.class);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          where(file, e) + e.getOriginalMessage().lines().findFirst().orElse(""),
          "the files in boards/src/main/resources show every key",
          e);
    }
  }

  private static String where(String file, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String line = at == null || at.getLineNr() < 1 ? "" : ", line " + at.getLineNr();
    String key =
        e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? ", " + key(mapping)
            : "";
    return file + line + key + ": ";
  }

  /** The key's path: {@code ram[1].bytes}. */
  private static String key(JsonMappingException e) {
    StringBuilder key = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        key.append('[').append(step.getIndex()).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return key.toString();
  }
}

package dunlin.boards;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A TOML file that people write. What is wrong in it is refused by file, line and key.
 *
 * @param name for messages
 * @param text what is in it
 * @param remedy where it is told how such a file is written
 */
public record TomlFile(String name, String text, String remedy) {
  private static final TomlMapper MAPPER =
      TomlMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  /** How Jackson begins to say that a key is not there. */
  private static final String MISSING = "Missing required creator property";

  /** Characters of a key or a complaint, in a message. */
  private static final int LONGEST = 200;

  /** The file as a record of {@code type}: every key that is required, and none that is unknown. */
  public <T> T read(Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonMappingException e) {
      throw new Refusal(where(key(e)) + what(e), remedy, e);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null || at.getLineNr() < 1 ? "" : ", line " + at.getLineNr();
      throw new Refusal(name + line + ": " + firstLine(e), remedy, e);
    }
  }

  /**
   * Refuses what a key says.
   *
   * @param key its path, {@code ram[1].bytes}
   * @param what is wrong
   */
  public Refusal refusal(String key, String what) {
    return new Refusal(where(key) + what, remedy);
  }

  /** Refuses a number outside of its range; null is none. */
  public void expect(String key, Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw refusal(key, value + ", not " + least + " to " + most);
    }
  }

  /** Refuses an empty text; {@code instead} says what belongs there. */
  public void refuseBlank(String key, String value, String instead) {
    if (value.isBlank()) {
      throw refusal(key, "empty; " + instead);
    }
  }

  /**
   * Refuses a value that two entries of a list have; null is none.
   *
   * @param value of an entry
   */
  public void refuseTwice(String list, String key, int count, IntFunction<Object> value) {
    for (int i = 0; i < count; i++) {
      Object one = value.apply(i);
      for (int before = 0; one != null && before < i; before++) {
        if (Objects.equals(one, value.apply(before))) {
          throw refusal(
              list + "[" + i + "]." + key, one + " is that of " + list + "[" + before + "] too");
        }
      }
    }
  }

  private String where(String key) {
    int line = TomlLines.of(text, key);
    return name
        + (line == 0 ? "" : ", line " + line)
        + (key.isEmpty() ? "" : ", " + shown(key))
        + ": ";
  }

  private static String what(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "no such key, there are "
          + unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
    }
    if (e instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
      return "'"
          + shown(wrong.getValue())
          + "' is none of "
          + Arrays.stream(wrong.getTargetType().getEnumConstants())
              .map(one -> MAPPER.convertValue(one, String.class))
              .collect(Collectors.joining(", "));
    }
    if (e.getOriginalMessage().startsWith(MISSING)) {
      return "missing";
    }
    return e instanceof MismatchedInputException wrong && wrong.getTargetType() != null
        ? "should be " + form(wrong.getTargetType())
        : firstLine(e);
  }

  /** What a value of {@code type} looks like in the file. */
  private static String form(Class<?> type) {
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list: [...]";
    }
    if (Map.class.isAssignableFrom(type) || type.isRecord()) {
      return "a table: { key = value } or [key]";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type == int.class || type == long.class || type == Integer.class || type == Long.class
        ? "a whole number"
        : "a text in quotes";
  }

  private static String firstLine(JsonProcessingException e) {
    return shown(e.getOriginalMessage().lines().findFirst().orElse(""));
  }

  /** What a message can show of a text that may be anything. */
  private static String shown(Object any) {
    String text = String.valueOf(any);
    return (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text)
        .replaceAll("\\p{Cc}", "?");
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

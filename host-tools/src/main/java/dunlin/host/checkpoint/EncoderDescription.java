package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.boards.TomlFile;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.RandomEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An encoder whose weights are not there: its shape, and the seed that stands for its weights. A
 * TOML file; docs/encoders.md has its keys.
 *
 * @param name for people
 * @param seed of {@link RandomEncoder}
 */
public record EncoderDescription(String name, EncoderConfig config, long seed) {
  /** Those that come with Dunlin and classify frames of features. */
  public static final List<String> OF_FRAMES =
      List.of("eegformer", "ecgformer", "radar-gesture", "s32-e64-h16-p64");

  /** Those that come with Dunlin and read text. */
  public static final List<String> OF_TEXT = List.of("mobilebert", "bert-tiny");

  /** All that come with Dunlin. */
  public static final List<String> NAMES =
      Stream.concat(OF_FRAMES.stream(), OF_TEXT.stream()).toList();

  private static final String SUFFIX = ".toml";
  private static final String REMEDY = "docs/encoders.md shows every key";
  private static final long MOST_BYTES = 1 << 20;

  /** The one called {@code name} that comes with Dunlin. */
  public static EncoderDescription named(String name) {
    if (!NAMES.contains(name)) {
      throw new Refusal(
          "no encoder is called " + name, "choose one of " + String.join(", ", NAMES));
    }
    String file = name + SUFFIX;
    try (InputStream in = EncoderDescription.class.getResourceAsStream(file)) {
      return parse(file, name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether {@code file} is named as a description is. */
  static boolean recognises(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  static EncoderDescription read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new Refusal(file + ": is no description of an encoder", REMEDY);
    }
    try {
      return parse(file.toString(), Checkpoints.nameOf(file), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new Refusal(file + ": is not text in UTF-8", REMEDY, e);
    }
  }

  /** As {@link #read}, from the file's text. */
  static EncoderDescription parse(String file, String name, String toml) {
    return new EncoderToml(new TomlFile(file, toml, REMEDY)).description(name);
  }

  /** The model that shape and seed stand for. */
  public EncoderModel model() {
    return RandomEncoder.of(name, config, seed);
  }
}

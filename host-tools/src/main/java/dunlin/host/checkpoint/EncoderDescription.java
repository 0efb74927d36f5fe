package dunlin.host.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.Refusal;
import dunlin.boards.TomlFile;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.RandomEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An encoder whose weights are not there: its shape, and the seed that stands for its weights. A
 * TOML file; docs/encoders.md has its keys.
 *
 * @param name for people
 * @param seed of {@link RandomEncoder}
 */
public record EncoderDescription(String name, EncoderConfig config, long seed) {
  /** Those that come with Dunlin. */
  public static final List<String> NAMES =
      List.of("eegformer", "ecgformer", "radar-gesture", "s32-e64-h16-p64");

  private static final String SUFFIX = ".toml";
  private static final String REMEDY = "docs/encoders.md shows every key";
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_FRAMES = 1 << 16;
  private static final int WIDEST = 1 << 14;
  private static final int MOST_LAYERS = 64;
  private static final int MOST_CONVOLUTIONS = 8;

  /** The weights are made, not read, so no file's size bounds them. */
  private static final long MOST_PARAMETERS = 1 << 24;

  private record Keys(
      @JsonProperty(required = true) long seed,
      @JsonProperty(required = true) int frames,
      @JsonProperty(required = true) int channels,
      @JsonProperty(value = "front-end", required = true) List<Stage> frontEnd,
      @JsonProperty(required = true) int dim,
      @JsonProperty(required = true) int hidden,
      @JsonProperty(required = true) int layers,
      @JsonProperty(required = true) int heads,
      @JsonProperty(value = "head-size", required = true) int headSize,
      @JsonProperty(required = true) NormPlacement norm,
      @JsonProperty(required = true) Nonlinearity activation,
      @JsonProperty(required = true) Pooling pooling,
      @JsonProperty(value = "norm-epsilon", required = true) double normEpsilon,
      @JsonProperty(required = true) List<String> labels) {
    EncoderConfig config() {
      return new EncoderConfig(
          frames,
          channels,
          frontEnd.stream().map(Stage::convolution).toList(),
          dim,
          hidden,
          layers,
          heads,
          headSize,
          norm,
          activation,
          pooling,
          normEpsilon,
          labels);
    }
  }

  private record Stage(
      @JsonProperty(required = true) int kernel,
      @JsonProperty(required = true) int stride,
      @JsonProperty(required = true) int channels,
      @JsonProperty(required = true) Nonlinearity activation) {
    Convolution convolution() {
      return new Convolution(kernel, stride, channels, activation);
    }
  }

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
    TomlFile source = new TomlFile(file, toml, REMEDY);
    Keys keys = source.read(Keys.class);
    check(source, keys);
    checkFrontEnd(source, keys);
    EncoderConfig config = keys.config();
    if (config.parameters() > MOST_PARAMETERS) {
      throw source.refusal(
          "",
          String.format(
              Locale.ROOT, "%,d parameters, more than %,d", config.parameters(), MOST_PARAMETERS));
    }
    return new EncoderDescription(name, config, keys.seed());
  }

  private static void check(TomlFile file, Keys keys) {
    file.expect("frames", keys.frames(), 1, MOST_FRAMES);
    file.expect("channels", keys.channels(), 1, WIDEST);
    file.expect("dim", keys.dim(), 1, WIDEST);
    file.expect("hidden", keys.hidden(), 1, WIDEST);
    file.expect("layers", keys.layers(), 1, MOST_LAYERS);
    file.expect("heads", keys.heads(), 1, WIDEST);
    file.expect("head-size", keys.headSize(), 1, WIDEST);
    if (keys.activation() == Nonlinearity.NONE) {
      throw file.refusal("activation", "'none' makes one linear layer of the feed-forward's two");
    }
    if (!(keys.normEpsilon() > 0 && keys.normEpsilon() <= 1)) {
      throw file.refusal("norm-epsilon", keys.normEpsilon() + ", not above 0 and up to 1");
    }
    Labels.fault(keys.labels())
        .ifPresent(
            fault -> {
              throw file.refusal("labels", fault);
            });
  }

  private static void checkFrontEnd(TomlFile file, Keys keys) {
    int count = keys.frontEnd().size();
    if (count < 1 || count > MOST_CONVOLUTIONS) {
      throw file.refusal("front-end", count + " convolutions, not 1 to " + MOST_CONVOLUTIONS);
    }
    int inputs = keys.frames();
    for (int i = 0; i < count; i++) {
      String key = "front-end[" + i + "].";
      Stage stage = keys.frontEnd().get(i);
      file.expect(key + "kernel", stage.kernel(), 1, inputs);
      file.expect(key + "stride", stage.stride(), 1, inputs);
      file.expect(key + "channels", stage.channels(), 1, WIDEST);
      inputs = stage.convolution().outputs(inputs);
    }
    int last = keys.frontEnd().get(count - 1).channels();
    if (last != keys.dim()) {
      throw file.refusal(
          "front-end[" + (count - 1) + "].channels", last + ", where dim is " + keys.dim());
    }
  }

  /** The model that shape and seed stand for. */
  public EncoderModel model() {
    return RandomEncoder.of(name, config, seed);
  }
}

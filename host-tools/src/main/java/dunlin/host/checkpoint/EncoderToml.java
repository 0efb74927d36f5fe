package dunlin.host.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.TomlFile;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.Nonlinearity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of an {@link EncoderDescription}, and what they are held against. */
record EncoderToml(TomlFile file) {
  private static final int MOST_FRAMES = 1 << 16;
  private static final int WIDEST = 1 << 14;
  private static final int MOST_LAYERS = 64;
  private static final int MOST_CONVOLUTIONS = 8;

  /** The weights are made, not read, so no file's size bounds them. */
  private static final long MOST_PARAMETERS = 1 << 25;

  private record Keys(
      @JsonProperty(required = true) long seed,
      Integer frames,
      Integer channels,
      @JsonProperty("front-end") List<Stage> frontEnd,
      TextToml.Words words,
      TextToml.Bottleneck bottleneck,
      @JsonProperty(required = true) int dim,
      @JsonProperty(required = true) int hidden,
      @JsonProperty(required = true) int layers,
      @JsonProperty(required = true) int heads,
      @JsonProperty(value = "head-size", required = true) int headSize,
      NormPlacement norm,
      @JsonProperty(required = true) Nonlinearity activation,
      @JsonProperty(required = true) Pooling pooling,
      @JsonProperty(value = "norm-epsilon", required = true) double normEpsilon,
      @JsonProperty(required = true) List<String> labels) {
    EncoderConfig config() {
      return words == null ? ofFrames() : ofText();
    }

    private EncoderConfig ofFrames() {
      return EncoderConfig.ofFrames(
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

    private EncoderConfig ofText() {
      return EncoderConfig.ofText(
          words.positions(),
          words.shape(),
          dim,
          hidden,
          layers,
          heads,
          headSize,
          Optional.ofNullable(bottleneck).map(TextToml.Bottleneck::shape),
          activation,
          pooling,
          normEpsilon,
          labels);
    }

    /** Keys that only an encoder of frames has, and what is there. */
    private Map<String, Optional<Object>> ofFramesOnly() {
      Map<String, Optional<Object>> keys = new LinkedHashMap<>();
      keys.put("frames", Optional.ofNullable(frames));
      keys.put("channels", Optional.ofNullable(channels));
      keys.put("front-end", Optional.ofNullable(frontEnd));
      keys.put("norm", Optional.ofNullable(norm));
      return keys;
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

  EncoderDescription description(String name) {
    Keys keys = file.read(Keys.class);
    check(keys);
    if (keys.words() == null) {
      checkFrames(keys);
    } else {
      checkText(keys);
    }
    EncoderConfig config = keys.config();
    if (config.parameters() > MOST_PARAMETERS) {
      throw file.refusal(
          "",
          String.format(
              Locale.ROOT, "%,d parameters, more than %,d", config.parameters(), MOST_PARAMETERS));
    }
    return new EncoderDescription(name, config, keys.seed());
  }

  private void check(Keys keys) {
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

  private void checkFrames(Keys keys) {
    keys.ofFramesOnly()
        .forEach(
            (key, value) -> {
              if (value.isEmpty()) {
                throw file.refusal(key, "missing");
              }
            });
    if (keys.bottleneck() != null) {
      throw file.refusal("bottleneck", "only encoders of text have them: with [words]");
    }
    checkPooling(keys, Set.of(Pooling.CLASS_TOKEN, Pooling.MEAN), "class-token or mean");
    file.expect("frames", keys.frames(), 1, MOST_FRAMES);
    file.expect("channels", keys.channels(), 1, WIDEST);
    checkFrontEnd(keys);
  }

  private void checkText(Keys keys) {
    keys.ofFramesOnly()
        .forEach(
            (key, value) -> {
              if (value.isPresent()) {
                throw file.refusal(key, "only encoders of frames have it: without [words]");
              }
            });
    checkPooling(
        keys, Set.of(Pooling.FIRST_TOKEN, Pooling.EVERY_TOKEN), "first-token or every-token");
    keys.words().check(file);
    if (keys.bottleneck() != null) {
      keys.bottleneck().check(file);
    }
  }

  private void checkPooling(Keys keys, Set<Pooling> possible, String shown) {
    if (!possible.contains(keys.pooling())) {
      String input = keys.words() == null ? "frames" : "text";
      throw file.refusal("pooling", "an encoder of " + input + " has " + shown);
    }
  }

  private void checkFrontEnd(Keys keys) {
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
}

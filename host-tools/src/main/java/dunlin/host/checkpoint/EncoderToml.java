package dunlin.host.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.TomlFile;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Convolution;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.Nonlinearity;
import java.util.List;
import java.util.Locale;

/** The keys of an {@link EncoderDescription}, and what they are held against. */
record EncoderToml(TomlFile file) {
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
    checkFrontEnd(keys);
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

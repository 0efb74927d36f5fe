package dunlin.host.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.TomlFile;
import dunlin.host.model.EncoderConfig;

/** The tables that an {@link EncoderToml} has of an encoder of text. */
final class TextToml {
  private static final int MOST_POSITIONS = 1 << 16;
  private static final int WIDEST = 1 << 14;
  private static final int MOST_TOKENS = 1 << 20;
  private static final int MOST_TYPES = 16;
  private static final int MOST_FEED_FORWARDS = 16;

  private TextToml() {}

  /** {@code [words]}. */
  record Words(
      @JsonProperty(required = true) int positions,
      @JsonProperty(required = true) int vocabulary,
      @JsonProperty(required = true) int width,
      @JsonProperty(required = true) boolean trigrams,
      @JsonProperty(required = true) int types) {
    void check(TomlFile file) {
      file.expect("words.positions", positions, 1, MOST_POSITIONS);
      file.expect("words.vocabulary", vocabulary, 1, MOST_TOKENS);
      file.expect("words.width", width, 1, WIDEST);
      file.expect("words.types", types, 1, MOST_TYPES);
    }

    EncoderConfig.Words shape() {
      return new EncoderConfig.Words(vocabulary, width, trigrams, types);
    }
  }

  /** {@code [bottleneck]}. */
  record Bottleneck(
      @JsonProperty(required = true) int width,
      @JsonProperty(value = "feed-forwards", required = true) int feedForwards) {
    void check(TomlFile file) {
      file.expect("bottleneck.width", width, 1, WIDEST);
      file.expect("bottleneck.feed-forwards", feedForwards, 1, MOST_FEED_FORWARDS);
    }

    EncoderConfig.Bottleneck shape() {
      return new EncoderConfig.Bottleneck(width, feedForwards);
    }
  }
}

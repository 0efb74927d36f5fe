package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.TokenSequence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Text as a text encoder's root takes it. */
public final class TokenInput {
  private TokenInput() {}

  /**
   * int32 [S] tokens, then int32 [S] types, little-endian, S the most that the model takes; zeros
   * behind those of a shorter text.
   *
   * @param config of a text encoder
   * @throws Refusal for more tokens than the model takes, or others than it knows
   */
  public static byte[] of(EncoderConfig config, TokenSequence text) {
    Words words = config.words().orElseThrow();
    int most = config.context();
    int[] tokens = text.tokens();
    if (tokens.length > most) {
      throw new Refusal(
          "%s: %,d tokens, where the model takes %,d".formatted(text.name(), tokens.length, most),
          "give a shorter text");
    }
    ByteBuffer bytes = ByteBuffer.allocate(bytes(config)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tokens.length; i++) {
      bytes.putInt(4 * i, known(text, "token", tokens[i], words.vocabulary()));
      bytes.putInt(4 * (most + i), known(text, "type", text.types()[i], types(config)));
    }
    return bytes.array();
  }

  /** Bytes of any text. */
  public static int bytes(EncoderConfig config) {
    return 8 * config.context();
  }

  /** Rows of the table of types as nodes have it: at least one, even where none is read. */
  public static int types(EncoderConfig config) {
    return Math.max(1, config.words().orElseThrow().types());
  }

  private static int known(TokenSequence text, String what, int value, int count) {
    if (value < 0 || value >= count) {
      throw new Refusal(
          "%s: %s %d, where the model has %,d".formatted(text.name(), what, value, count),
          "use the model's tokenizer");
    }
    return value;
  }
}

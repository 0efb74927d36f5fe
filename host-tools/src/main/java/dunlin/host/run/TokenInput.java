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
   * int32 [S] tokens, then int32 [S] types, little-endian; zeros behind those of a shorter text.
   *
   * @param config of a text encoder
   * @param most S, the most tokens that the flock takes
   * @throws Refusal for more tokens than the flock takes, or others than the model knows
   */
  public static byte[] of(EncoderConfig config, TokenSequence text, int most) {
    Words words = config.words().orElseThrow();
    int[] tokens = text.tokens();
    if (tokens.length > most) {
      throw new Refusal(
          "%s: %,d tokens, where the flock takes %,d".formatted(text.name(), tokens.length, most),
          "give a shorter text, or plan with a longer --context");
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * Integer.BYTES * most).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tokens.length; i++) {
      bytes.putInt(4 * i, known(text, "token", tokens[i], words.vocabulary()));
      bytes.putInt(4 * (most + i), known(text, "type", text.types()[i], words.typeRows()));
    }
    return bytes.array();
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

package dunlin.host.features;

import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.TokenSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Texts to calibrate an encoder on where there are none: random tokens of varied length, the first
 * of them of one type and the rest of another. The same ones each time.
 */
public final class SelfTexts {
  private static final int TEXTS = 12;
  private static final int LONGEST = 48;

  private SelfTexts() {}

  /** Texts for a model that reads words. */
  public static List<TokenSequence> of(EncoderConfig config) {
    return IntStream.range(0, TEXTS).mapToObj(text -> text(config, text)).toList();
  }

  /** From one token to the longest, in even steps. */
  private static TokenSequence text(EncoderConfig config, int text) {
    Words words = config.words().orElseThrow();
    int longest = Math.min(config.context(), LONGEST);
    int length = 1 + (longest - 1) * text / (TEXTS - 1);
    Random random = new Random(text);
    int[] types = new int[length];
    if (words.types() > 1) {
      Arrays.fill(types, random.nextInt(length + 1), length, 1);
    }
    int[] tokens = random.ints(length, 0, words.vocabulary()).toArray();
    return new TokenSequence("made text " + text, tokens, types);
  }
}

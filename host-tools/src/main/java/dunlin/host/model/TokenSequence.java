package dunlin.host.model;

/**
 * Text as a text encoder reads it. Marks like [CLS] and [SEP] are among the tokens.
 *
 * @param name for people
 * @param tokens S of them, from 0, not copied
 * @param types S of them: the segment of each token, not copied
 */
public record TokenSequence(String name, int[] tokens, int[] types) implements EncoderInput {
  public TokenSequence {
    if (tokens.length != types.length || tokens.length == 0) {
      throw new IllegalArgumentException(tokens.length + " tokens of " + types.length + " types");
    }
  }
}

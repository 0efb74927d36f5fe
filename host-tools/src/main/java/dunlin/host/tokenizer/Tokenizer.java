package dunlin.host.tokenizer;

import dunlin.boards.Refusal;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model's alphabet: text to tokens and back. Tokens are numbers from 0. */
public interface Tokenizer {
  /** Tokens there are: all are below this. */
  int vocabulary();

  /** The token that goes before a prompt (BOS). */
  int begin();

  /** Whether {@code token} ends a story: end of sequence, or the beginning of another one. */
  boolean ends(int token);

  /**
   * The tokens of {@code text}, without {@link #begin()}.
   *
   * @throws Refusal naming a character that the tokenizer cannot express, and its place
   */
  int[] encode(String text);

  /** {@code text} as a model expects it: behind the token that goes before. */
  default int[] prompt(String text) {
    return IntStream.concat(IntStream.of(begin()), IntStream.of(encode(text))).toArray();
  }

  /** The tokens of {@code text} as words that go on from a text before them. */
  default int[] continuation(String text) {
    int[] tokens = encode(text);
    Decoder twice = decoder();
    String shown = IntStream.of(tokens).mapToObj(twice::next).collect(Collectors.joining());
    shown += IntStream.of(tokens).mapToObj(twice::next).collect(Collectors.joining());
    boolean joined = (shown + twice.end()).equals(text + text);
    return joined && !text.isEmpty() ? encode(" " + text) : tokens;
  }

  /** A decoder that stands at the beginning of a text. */
  Decoder decoder();

  /** Turns one text's tokens, prompt included, into the text, as they come. */
  interface Decoder {
    /**
     * The characters that became certain with {@code token}; bytes that do not make up a whole
     * character yet are kept for later.
     */
    String next(int token);

    /**
     * What is left: bytes that never became a character come out as U+FFFD. The text may still go
     * on.
     */
    String end();
  }
}

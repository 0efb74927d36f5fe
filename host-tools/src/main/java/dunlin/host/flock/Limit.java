package dunlin.host.flock;

/** When to stop writing, if the model does not come to an end before. */
@FunctionalInterface
public interface Limit {
  /** No limit but the context's. */
  Limit NONE = (tokens, text) -> false;

  /**
   * Asked after each token.
   *
   * @param tokens written so far
   * @param text so far, prompt included
   */
  boolean reached(int tokens, String text);

  /** So many tokens. */
  static Limit tokens(int most) {
    return (tokens, text) -> tokens >= most;
  }

  /** So many tokens, and then to the end of the sentence; speech in quotation marks is not cut. */
  static Limit sentence(int least) {
    return (tokens, text) -> tokens >= least && endsSentence(text);
  }

  private static boolean endsSentence(String text) {
    boolean inSpeech = text.chars().filter(c -> c == '"').count() % 2 == 1;
    return !inSpeech && text.matches("(?s).*[.!?]\"?\\s*");
  }
}

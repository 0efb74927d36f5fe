package dunlin.host.compile;

/**
 * What the host asks for in a pass, as far as the wires are concerned.
 *
 * @param rows of the pass
 * @param tokens of the pass, one a row; none about an input that has none
 * @param inputBytes of an input; 0 for tokens
 * @param sampled whether the pass goes on to the best candidates
 * @param logits whether it sends all of them
 * @param candidates that each node reports: top-k, or 1 where there is none
 */
record Question(
    int rows, int[] tokens, int inputBytes, boolean sampled, boolean logits, int candidates) {
  /** About tokens. */
  static Question text(int[] tokens, boolean sampled, int candidates) {
    return new Question(tokens.length, tokens, 0, sampled, false, candidates);
  }

  /** About an input: its label, with all logits. */
  static Question input(int rows, int bytes) {
    return new Question(rows, new int[0], bytes, true, true, 1);
  }

  /** About a text as an input of so many bytes, which has its tokens. */
  static Question text(int[] tokens, int bytes) {
    return new Question(tokens.length, tokens, bytes, true, true, 1);
  }

  /** Tokens that the request brings. */
  int requestTokens() {
    return inputBytes == 0 ? tokens.length : 0;
  }
}

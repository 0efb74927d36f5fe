package dunlin.host.compile;

/**
 * What the host asks for in a pass, as far as the wires are concerned.
 *
 * @param rows of the pass
 * @param tokens of the pass, one a row; none about features
 * @param inputBytes of an input; 0 for tokens
 * @param sampled whether the pass goes on to the best candidates
 * @param logitRows rows of which it sends all logits; 0 for none
 * @param candidates that each node reports: top-k, or 1 where there is none
 */
record Question(
    int rows, int[] tokens, int inputBytes, boolean sampled, int logitRows, int candidates) {
  /** About tokens. */
  static Question text(int[] tokens, boolean sampled, int candidates) {
    return new Question(tokens.length, tokens, 0, sampled, 0, candidates);
  }

  /**
   * About an input: its label, with all logits.
   *
   * @param tokens that are in the input; none of features
   * @param logitRows 1, or all rows
   */
  static Question input(int rows, int[] tokens, int bytes, int logitRows) {
    return new Question(rows, tokens, bytes, true, logitRows, 1);
  }

  /** Tokens that the request itself carries. */
  int requestTokens() {
    return inputBytes > 0 ? 0 : tokens.length;
  }
}

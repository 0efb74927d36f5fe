package dunlin.host.tokenizer;

/**
 * A text in pieces, and where each lies in it.
 *
 * @param text what was cut, as it was
 * @param tokens of the pieces, without marks; not copied
 * @param from the first char of each piece; not copied
 * @param to one behind its last char; not copied
 */
public record Pieces(String text, int[] tokens, int[] from, int[] to) {
  /** How many there are. */
  public int count() {
    return tokens.length;
  }

  /** The text of pieces {@code first} to {@code last}, as it was written. */
  public String cut(int first, int last) {
    return text.substring(from[first], to[last]);
  }
}

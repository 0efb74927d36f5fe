package dunlin.firmware;

/**
 * The end of a pass.
 *
 * <pre>
 *  0 token; -1 where none was asked for
 *  4 the token's logit, Q16 (with its noise, when a temperature was given)
 * </pre>
 */
public final class Result {
  /** Token. */
  public static final int TOKEN = 0;

  /** Value. */
  public static final int VALUE = 4;

  /** Size. */
  public static final int BYTES = 8;

  private Result() {}
}

package dunlin.firmware;

import dunlin.kernels.Candidate;

/**
 * The end of a pass: a {@link Candidate}. Where no token was asked for it is {@link
 * Candidate#NONE}; where a temperature was given the value includes the noise.
 */
public final class Result {
  /** The token's logit, Q16. */
  public static final int VALUE = Candidate.VALUE;

  /** The token. */
  public static final int TOKEN = Candidate.TOKEN;

  /** Size. */
  public static final int BYTES = Candidate.BYTES;

  private Result() {}
}

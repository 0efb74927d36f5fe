package dunlin.host.run;

import dunlin.boards.Misuse;
import dunlin.firmware.Request;

/**
 * How a token is picked.
 *
 * @param temperature Q16; 0 is greedy
 * @param topK candidates; 0 is the whole vocabulary
 * @param seed of the noise
 */
public record Sampling(int temperature, int topK, long seed) {
  /** The likeliest token. */
  public static final Sampling GREEDY = new Sampling(0, 0, 0);

  /** This, for a model of so many tokens: as many candidates or more are the whole vocabulary. */
  Sampling within(int vocabulary) {
    return topK < vocabulary ? this : new Sampling(temperature, 0, seed);
  }

  /**
   * From a temperature as people give it.
   *
   * @param temperature 0 to 256
   * @param topK 0 to {@link Request#MAX_TOP_K}
   */
  public static Sampling of(double temperature, int topK, long seed) {
    if (!(temperature >= 0 && temperature <= Request.MAX_TEMPERATURE >> 16)) {
      throw new Misuse(
          "a temperature of " + temperature,
          "choose 0 (greedy) to " + (Request.MAX_TEMPERATURE >> 16));
    }
    if (topK < 0 || topK > Request.MAX_TOP_K) {
      throw new Misuse(
          "a top-k of " + topK,
          "choose 1 to " + Request.MAX_TOP_K + ", or 0 for the whole vocabulary");
    }
    return new Sampling((int) Math.round(Math.scalb(temperature, 16)), topK, seed);
  }
}

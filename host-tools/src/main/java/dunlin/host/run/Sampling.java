package dunlin.host.run;

import dunlin.boards.Refusal;
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

  /**
   * From a temperature as people give it.
   *
   * @param temperature 0 to 256
   * @param topK 0 or more
   */
  public static Sampling of(double temperature, int topK, long seed) {
    if (!(temperature >= 0 && temperature <= Request.MAX_TEMPERATURE >> 16)) {
      throw new Refusal(
          "a temperature of " + temperature,
          "choose 0 (greedy) to " + (Request.MAX_TEMPERATURE >> 16));
    }
    if (topK < 0) {
      throw new Refusal("a top-k of " + topK, "choose 1 or more, or 0 for the whole vocabulary");
    }
    return new Sampling((int) Math.round(Math.scalb(temperature, 16)), topK, seed);
  }
}

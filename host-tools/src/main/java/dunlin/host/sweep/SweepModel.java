package dunlin.host.sweep;

import dunlin.host.quantise.QuantisedModel;

/**
 * A model of a sweep.
 *
 * @param name for people
 * @param quantised its integers, or an outline of them
 * @param hash of all that affects a bit of a result
 */
public record SweepModel(String name, QuantisedModel quantised, String hash) {
  /** A model that is hashed now: its weights are looked at once, not for every point. */
  public static SweepModel of(String name, QuantisedModel quantised) {
    return new SweepModel(name, quantised, "%016x".formatted(quantised.hash()));
  }
}

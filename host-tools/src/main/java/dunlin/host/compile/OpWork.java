package dunlin.host.compile;

import java.util.Map;

/**
 * What an op has to do in a pass.
 *
 * @param op its kind, as tables of costs have it: its name, with the bits of its inputs where there
 *     are several kernels
 * @param counts how much there is of each quantity but {@link Quantity#WEIGHT}; those that are not
 *     there are 0
 * @param weightBytes of the image that it reads: weights as they are laid out, multipliers, gains
 */
public record OpWork(String op, Map<Quantity, Long> counts, long weightBytes) {
  /** So much of a quantity. */
  public long count(Quantity quantity) {
    return quantity == Quantity.WEIGHT ? weightBytes : counts.getOrDefault(quantity, 0L);
  }
}

package dunlin.hal.emulated;

import java.util.Map;

/**
 * How often a wire fails.
 *
 * @param chances that it begins at a byte, of either direction; what is not there never happens
 */
public record LineFaults(Map<LineFault, Double> chances) {
  /** Nothing goes wrong. */
  public static final LineFaults NONE = new LineFaults(Map.of());

  /** Checks the chances. */
  public LineFaults {
    chances = Map.copyOf(chances);
    if (chances.values().stream().anyMatch(chance -> !(chance >= 0)) || !(total(chances) < 1)) {
      throw new IllegalArgumentException("chances that are none");
    }
  }

  double chance(LineFault fault) {
    return chances.getOrDefault(fault, 0.0);
  }

  /** That anything begins to go wrong. */
  double total() {
    return total(chances);
  }

  private static double total(Map<LineFault, Double> chances) {
    double total = 0;
    for (LineFault fault : LineFault.values()) { // in one order: sums are rounded
      total += chances.getOrDefault(fault, 0.0);
    }
    return total;
  }
}

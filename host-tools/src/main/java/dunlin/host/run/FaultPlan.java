package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.hal.emulated.LineFault;
import dunlin.hal.emulated.LineFaults;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often what goes wrong on an emulated flock: for wires a chance for each byte, for boards and
 * whole wires events a second of virtual time.
 */
public record FaultPlan(Map<Kind, Double> rates) {
  /** What can go wrong. */
  public enum Kind {
    /** A bit of a byte flips. */
    FLIP(LineFault.FLIP),
    /** Up to 64 bytes in a row are random. */
    BURST(LineFault.BURST),
    /** A byte does not arrive. */
    LOSS(LineFault.LOSS),
    /** A byte arrives twice. */
    ECHO(LineFault.ECHO),
    /** Up to 64 bytes in a row come too fast for their receiver. */
    OVERRUN(LineFault.OVERRUN),
    /** A wire holds what is on it back, for up to 100 ms. */
    DELAY,
    /** A wire is cut, and joined again within 3 s. */
    CUT,
    /** A board is reset. */
    RESET,
    /** A board hangs until its watchdog resets it. */
    STUCK,
    /** A board's supply fails, for up to 1 s. */
    BROWNOUT,
    /** A board's supply fails for good. */
    GONE;

    private final LineFault ofBytes;

    Kind() {
      this(null);
    }

    Kind(LineFault ofBytes) {
      this.ofBytes = ofBytes;
    }

    /** What it does to the bytes on a wire; null where it is something else that goes wrong. */
    LineFault ofBytes() {
      return ofBytes;
    }

    /** As a person writes it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the rates. */
  public FaultPlan {
    rates = Map.copyOf(rates);
  }

  /**
   * Reads a plan as a person writes it, for example {@code "flip=1e-5,reset=0.2"}.
   *
   * @throws Refusal that says what can be written
   */
  public static FaultPlan parse(String text) {
    Map<Kind, Double> rates = new EnumMap<>(Kind.class);
    for (String part : text.split(",", -1)) {
      String[] sides = part.split("=", -1);
      Kind kind =
          Arrays.stream(Kind.values())
              .filter(candidate -> candidate.word().equals(sides[0].strip()))
              .findFirst()
              .orElseThrow(() -> refusal(part));
      if (sides.length != 2 || rates.put(kind, rate(kind, sides[1], part)) != null) {
        throw refusal(part);
      }
    }
    return new FaultPlan(rates);
  }

  private static double rate(Kind kind, String text, String part) {
    try {
      double rate = Double.parseDouble(text);
      if (rate >= 0 && rate <= (kind.ofBytes == null ? 1000 : 0.1)) {
        return rate;
      }
    } catch (NumberFormatException e) {
      throw refusal(part);
    }
    throw refusal(part);
  }

  private static Refusal refusal(String part) {
    return new Refusal(
        "\"" + part + "\" is no fault",
        "write "
            + words(true)
            + " as a chance for each byte up to 0.1, "
            + words(false)
            + " as how often a second, with commas between: flip=1e-5,reset=0.2");
  }

  private static String words(boolean ofBytes) {
    return Arrays.stream(Kind.values())
        .filter(kind -> (kind.ofBytes != null) == ofBytes)
        .map(Kind::word)
        .collect(Collectors.joining(", "));
  }

  double rate(Kind kind) {
    return rates.getOrDefault(kind, 0.0);
  }

  LineFaults ofBytes() {
    return new LineFaults(
        Arrays.stream(Kind.values())
            .filter(kind -> kind.ofBytes != null)
            .collect(Collectors.toMap(Kind::ofBytes, this::rate)));
  }
}

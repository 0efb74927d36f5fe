package dunlin.boards;

import dunlin.boards.runtime.Traps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a program stopped: its board was reset then. {@link dunlin.boards.cortexm.LastTrap} has the
 * words as a board keeps and writes them.
 *
 * @param reason a constant of {@link Traps}
 * @param address of the instruction, or behind the call
 * @param caller to where the function would have returned, odd; even where that is unknown
 * @param status of the processor, of a fault (Armv7-M Architecture Reference Manual, B3.2.15)
 * @param accessed the address that could not be accessed; 0 where that is unknown
 */
public record Trap(int reason, int address, int caller, int status, int accessed) {
  private static final Pattern LINE =
      Pattern.compile(
          "! TR (\\p{XDigit}{8}) PC (\\p{XDigit}{8}) LR (\\p{XDigit}{8})"
              + " FS (\\p{XDigit}{8}) FA (\\p{XDigit}{8})\n");

  private static final Map<Integer, String> REASONS =
      Map.of(
          Traps.NULL_POINTER, "a null reference",
          Traps.ARRAY_INDEX, "an index outside of its array",
          Traps.CLASS_CAST, "a cast to another class",
          Traps.NEGATIVE_ARRAY_SIZE, "an array of negative length",
          Traps.OUT_OF_MEMORY, "no RAM left",
          Traps.THROWN, "an exception",
          Traps.NOT_READY, "hardware that does not become ready",
          Traps.FAULT, "a processor fault",
          Traps.UNEXPECTED, "an interrupt that nobody serves");

  /** The bits of the status that say what a fault is. */
  private static final Map<Integer, String> FAULTS =
      Map.ofEntries(
          Map.entry(0, "no instructions there"),
          Map.entry(1, "no access"),
          Map.entry(8, "no instructions there"),
          Map.entry(9, "no memory there"),
          Map.entry(10, "no memory where it wrote a while ago"),
          Map.entry(11, "no memory for the stack, after an interrupt"),
          Map.entry(12, "no memory for the stack, at an interrupt"),
          Map.entry(16, "no such instruction"),
          Map.entry(17, "not Thumb code"),
          Map.entry(18, "a wrong return from an interrupt"),
          Map.entry(19, "no coprocessor"),
          Map.entry(24, "an unaligned access"),
          Map.entry(25, "a division by zero"));

  /** The last one that a board has written to its console, in what came from there. */
  public static Optional<Trap> last(CharSequence console) {
    Matcher line = LINE.matcher(console);
    Trap last = null;
    while (line.find()) {
      last = new Trap(hex(line, 1), hex(line, 2), hex(line, 3), hex(line, 4), hex(line, 5));
    }
    return Optional.ofNullable(last);
  }

  private static int hex(Matcher line, int group) {
    return Integer.parseUnsignedInt(line.group(group), 16);
  }

  /**
   * In words.
   *
   * @param places what lies at an address: a method and a line
   */
  public String describe(IntFunction<String> places) {
    List<String> parts = new ArrayList<>();
    parts.add(REASONS.getOrDefault(reason, "trap " + reason) + kind());
    parts.add("at " + places.apply(reason == Traps.FAULT ? address : call(address)));
    if ((caller & 1) != 0) { // else the register was used for something else
      parts.add("called from " + places.apply(call(caller)));
    }
    return String.join(" ", parts);
  }

  /** Within the call that returns to an address, of which the lowest bit says Thumb. */
  private static int call(int returnAddress) {
    return (returnAddress & ~1) - 2;
  }

  private String kind() {
    if (reason != Traps.FAULT) {
      return "";
    }
    List<String> kinds =
        FAULTS.keySet().stream()
            .filter(bit -> (status >> bit & 1) != 0)
            .sorted()
            .map(FAULTS::get)
            .toList();
    String at = accessed == 0 ? "" : " (%#x)".formatted(accessed);
    return ": "
        + (kinds.isEmpty() ? "status %#x".formatted(status) : String.join(", ", kinds))
        + at;
  }

  @Override
  public String toString() {
    return describe("%#x"::formatted);
  }
}

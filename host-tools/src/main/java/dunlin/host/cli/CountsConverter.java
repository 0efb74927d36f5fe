package dunlin.host.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers of nodes: {@code 1,3,4..64,auto}, where two dots stand for doublings. */
final class CountsConverter implements ITypeConverter<CountsConverter.Counts> {
  /**
   * Numbers of nodes.
   *
   * @param given in order, no two alike
   * @param automatic whether the best number is wanted as well
   */
  record Counts(List<Integer> given, boolean automatic) {}

  @Override
  public Counts convert(String text) {
    Set<Integer> given = new LinkedHashSet<>();
    boolean automatic = false;
    for (String part : text.split(",", -1)) {
      if (part.equals("auto")) {
        automatic = true;
      } else {
        given.addAll(doublings(part));
      }
    }
    return new Counts(List.copyOf(given), automatic);
  }

  private static List<Integer> doublings(String text) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length > 2) {
      throw new TypeConversionException("'" + text + "' has more than two ends: write 4..64");
    }
    int first = new CountConverter().convert(ends[0]);
    int last = new CountConverter().convert(ends[ends.length - 1]);
    if (last < first) {
      throw new TypeConversionException("'" + text + "' is empty: write the smaller one first");
    }
    List<Integer> counts = new ArrayList<>();
    for (long count = first; count <= last; count *= 2) {
      counts.add(Math.toIntExact(count));
    }
    return counts;
  }
}

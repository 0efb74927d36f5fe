package dunlin.host.report;

import dunlin.host.report.Section.Colour;
import dunlin.host.reproduce.Accounting;
import dunlin.host.reproduce.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A chart for each quantity that figures are of: a line for each accounting, and points for the
 * paper's figures and for the best schedules.
 */
final class FigureCurves {
  private static final Set<String> GROW_WITH_CHIPS = Set.of("speed-up", "tokens/s");

  private final Map<String, List<Figure>> quantities;

  /**
   * Charts.
   *
   * @param figures of one model in one mode; the first for a number of chips and an accounting is
   *     on the line, another is the best
   */
  FigureCurves(List<Figure> figures) {
    quantities =
        figures.stream()
            .collect(
                Collectors.groupingBy(Figure::quantity, LinkedHashMap::new, Collectors.toList()));
  }

  void draw(Markup page) {
    quantities.forEach(
        (quantity, values) ->
            new Curve(quantity, "", series(values), GROW_WITH_CHIPS.contains(quantity)).draw(page));
  }

  /** Those that occur. */
  Colour[] colours() {
    return quantities.values().stream()
        .flatMap(values -> series(values).stream())
        .map(Curve.Series::colour)
        .distinct()
        .sorted()
        .toArray(Colour[]::new);
  }

  /** Lines first, so that points lie upon them; the line of P before that of H. */
  private static List<Curve.Series> series(List<Figure> values) {
    Map<Colour, Map<Integer, Double>> points = new EnumMap<>(Colour.class);
    Set<List<Object>> seen = new HashSet<>();
    for (Figure figure : values) {
      boolean first = seen.add(List.of(figure.accounting(), figure.chips()));
      put(points, colour(figure.accounting(), first), figure.chips(), figure.dunlin());
      if (figure.paper() != null) {
        put(points, Colour.PAPER, figure.chips(), figure.paper());
      }
    }
    List<Curve.Series> series = new ArrayList<>();
    points.forEach((colour, of) -> series.add(series(colour, of)));
    series.sort(Comparator.comparing(each -> !each.line()));
    return series;
  }

  private static void put(
      Map<Colour, Map<Integer, Double>> points, Colour colour, int chips, double value) {
    points.computeIfAbsent(colour, none -> new TreeMap<>()).put(chips, value);
  }

  private static Colour colour(Accounting accounting, boolean first) {
    return switch (accounting) {
      case PAPER -> first ? Colour.ALIKE : Colour.BEST;
      case HONEST -> first ? Colour.HONEST : Colour.HONEST_BEST;
    };
  }

  private static Curve.Series series(Colour colour, Map<Integer, Double> values) {
    return new Curve.Series(
        colour.meaning(),
        colour,
        colour == Colour.ALIKE || colour == Colour.HONEST,
        values.entrySet().stream()
            .map(value -> new Curve.Point(value.getKey(), value.getValue(), false))
            .toList());
  }
}

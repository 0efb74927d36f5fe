package dunlin.host.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Figures as tables, one for each quantity.
 *
 * @param <F> a paper's figure
 * @param quantity what a figure is of
 * @param textColumns columns that are aligned to the left
 * @param settings headings of the columns before the figures
 * @param row of a figure: settings, the paper's, Dunlin's, ratio, basis
 */
record FigureTables<F>(
    Function<F, String> quantity,
    int textColumns,
    List<String> settings,
    Function<F, List<String>> row) {
  private static final List<String> FIGURES = List.of("paper", "Dunlin", "ratio", "basis");

  void print(List<F> figures, PrintWriter out) {
    List<String> heading = Stream.concat(settings.stream(), FIGURES.stream()).toList();
    for (String name : figures.stream().map(quantity).distinct().toList()) {
      out.println(name);
      Table table = new Table(textColumns).row(heading);
      figures.stream()
          .filter(figure -> quantity.apply(figure).equals(name))
          .forEach(figure -> table.row(row.apply(figure)));
      table.print(out);
      out.println();
    }
  }
}

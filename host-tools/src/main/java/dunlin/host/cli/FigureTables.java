package dunlin.host.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/**
 * Figures as tables, one for each quantity.
 *
 * @param <F> a paper's figure
 * @param quantity what a figure is of
 * @param textColumns columns that are aligned to the left
 * @param heading of every table
 * @param row of a figure
 */
record FigureTables<F>(
    Function<F, String> quantity,
    int textColumns,
    List<String> heading,
    Function<F, List<String>> row) {
  void print(List<F> figures, PrintWriter out) {
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

package dunlin.host.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The numbers behind a picture.
 *
 * @param name of what it is about; the file that it is downloaded as is called so, too
 * @param head of the columns, with units
 * @param rows of texts and numbers
 */
record DataTable(String name, List<String> head, List<List<Object>> rows) {

  /** Folded up below its picture, with a link that downloads it. */
  void draw(Markup page) {
    page.open("details").leaf("summary", "Table: " + name);
    drawInFull(page);
    page.close();
  }

  /** All of it, with that link. */
  void drawInFull(Markup page) {
    page.open("div", "class", "scroll", "tabindex", "0").open("table");
    page.open("thead").open("tr");
    head.forEach(title -> page.leaf("th", title, "scope", "col"));
    page.close().close().open("tbody");
    rows.forEach(row -> row(row, page));
    page.close().close().close();
    page.leaf(
        "a",
        "Download as CSV",
        "download",
        name.replace(' ', '-') + ".csv",
        "href",
        "data:text/csv;charset=utf-8;base64,"
            + Base64.getEncoder().encodeToString(csv().getBytes(StandardCharsets.UTF_8)));
  }

  private static void row(List<Object> row, Markup page) {
    page.open("tr");
    for (Object cell : row) {
      if (cell instanceof Number number) {
        page.leaf("td", shown(number), "class", "number");
      } else {
        page.leaf("td", cell.toString());
      }
    }
    page.close();
  }

  private static String shown(Number number) {
    return number instanceof Double
        ? String.format(Locale.ROOT, "%,.3f", number.doubleValue())
        : String.format(Locale.ROOT, "%,d", number.longValue());
  }

  /** All rows and the head (RFC 4180), numbers ungrouped. */
  String csv() {
    return line(head) + rows.stream().map(DataTable::line).collect(Collectors.joining());
  }

  private static String line(List<?> cells) {
    return cells.stream().map(DataTable::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** A text that a spreadsheet would take for a formula gets an apostrophe. */
  private static String quoted(Object cell) {
    if (cell instanceof Double number) {
      return String.format(Locale.ROOT, "%.6f", number);
    }
    String text = cell.toString();
    String plain =
        !(cell instanceof Number) && text.matches("(?s)[=+@\t\r-].*") ? "'" + text : text;
    return plain.matches("(?s).*[\",\r\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }
}

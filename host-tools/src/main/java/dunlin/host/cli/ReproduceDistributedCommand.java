package dunlin.host.cli;

import dunlin.host.report.PaperPage;
import dunlin.host.reproduce.DistributedPaper;
import dunlin.host.reproduce.Figure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tensor parallelism without replicated weights, on chips that fetch them from off the chip. */
@Command(
    name = "distributed",
    description = "\"Distributed Inference with Minimal Off-Chip Traffic\", arXiv 2412.04372.",
    footer = {
      "P counts as the paper does, H all that takes time or energy: docs/papers.md.",
      "",
      "Examples: dunlin reproduce distributed --page paper.html"
    })
final class ReproduceDistributedCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write a page of HTML with curves and reasons.")
  private Path page;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    if (page != null) {
      WholeFile.check(page);
    }
    List<Figure> figures = DistributedPaper.figures(new ProgressBars());
    if (page != null) {
      List<String> words = spec.root().commandLine().getParseResult().originalArgs();
      WholeFile.write(page, PaperPage.of(figures, words).getBytes(StandardCharsets.UTF_8));
    }
    json.write(figures);
    if (json.textIsWanted()) {
      print(figures, spec.commandLine().getOut());
    }
  }

  /** A table for each quantity. */
  private static void print(List<Figure> figures, PrintWriter out) {
    for (String name : figures.stream().map(Figure::figure).distinct().toList()) {
      out.println(name);
      Table table =
          new Table(1).row("", "chips", "schedule", "root", "paper", "Dunlin", "ratio", "basis");
      figures.stream()
          .filter(figure -> figure.figure().equals(name))
          .forEach(figure -> table.row(row(figure)));
      table.print(out);
      out.println();
    }
  }

  private static List<String> row(Figure figure) {
    List<String> row = new ArrayList<>();
    row.add(figure.accounting().toString());
    row.add(Integer.toString(figure.chips()));
    row.add(figure.schedule() == null ? "" : figure.schedule().toString());
    row.add(figure.rootShare() == 1 ? "" : number(figure.rootShare()));
    row.add(number(figure.paper()));
    row.add(number(figure.dunlin()));
    row.add(number(figure.ratio()));
    row.add(figure.basis().toString());
    return row;
  }

  /** Four digits, or more before the point. */
  private static String number(Double value) {
    if (value == null) {
      return "";
    }
    int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(Math.abs(value))));
    return String.format(Locale.ROOT, "%,." + Math.min(4, decimals) + "f", value);
  }
}

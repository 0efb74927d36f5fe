package dunlin.host.cli;

import dunlin.host.report.PaperPage;
import dunlin.host.reproduce.DistributedPaper;
import dunlin.host.reproduce.Figure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      new FigureTables<>(
              Figure::figure,
              1,
              List.of("", "chips", "schedule", "root"),
              ReproduceDistributedCommand::row)
          .print(figures, spec.commandLine().getOut());
    }
  }

  private static List<String> row(Figure figure) {
    List<String> row = new ArrayList<>();
    row.add(figure.accounting().toString());
    row.add(Integer.toString(figure.chips()));
    row.add(figure.schedule() == null ? "" : figure.schedule().toString());
    row.add(figure.rootShare() == 1 ? "" : Numerals.fourDigits(figure.rootShare()));
    row.add(Numerals.fourDigits(figure.paper()));
    row.add(Numerals.fourDigits(figure.dunlin()));
    row.add(Numerals.fourDigits(figure.ratio()));
    row.add(figure.basis().toString());
    return row;
  }
}

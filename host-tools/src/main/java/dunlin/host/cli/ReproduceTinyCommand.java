package dunlin.host.cli;

import dunlin.host.reproduce.TinyFigure;
import dunlin.host.reproduce.TinyPaper;
import dunlin.host.reproduce.TinySetting;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Depth-first tiling, fused weights, and attention without marshalling, on one board. */
@Command(
    name = "tiny",
    description = {
      "\"Optimizing the Deployment of Tiny Transformers on Low-Power MCUs\",",
      "arXiv 2404.02945: peaks of RAM, fused weights, instructions of attention."
    },
    footer = {
      "Instructions are counted under QEMU; without it they are left out.",
      "docs/papers.md says what each figure stands on.",
      "",
      "Examples: dunlin reproduce tiny | dunlin reproduce tiny --json tiny.json"
    })
final class ReproduceTinyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    List<TinyFigure> figures = TinyPaper.figures(new ProgressBars());
    json.write(figures);
    if (json.textIsWanted()) {
      new FigureTables<>(
              TinyFigure::figure,
              4,
              List.of("", "weights", "board", "tile"),
              ReproduceTinyCommand::row)
          .print(figures, spec.commandLine().getOut());
    }
    List<String> missing = TinyPaper.missing();
    if (!missing.isEmpty()) {
      String what = String.join(" and ", missing);
      spec.commandLine().getErr().println("instructions are left out for want of " + what);
    }
  }

  private static List<String> row(TinyFigure figure) {
    TinySetting setting = figure.setting();
    return List.of(
        setting.network(),
        Objects.requireNonNullElse(setting.weights(), ""),
        Objects.requireNonNullElse(setting.board(), ""),
        tile(setting),
        Numerals.fourDigits(figure.paper()),
        Numerals.fourDigits(figure.dunlin()),
        Numerals.fourDigits(figure.ratio()),
        figure.basis().toString());
  }

  /** Heads × query rows, and hidden rows. */
  private static String tile(TinySetting setting) {
    if (setting.heads() == null) {
      return "";
    }
    String attention = setting.heads() + " × " + setting.queryRows();
    return setting.hiddenRows() == null ? attention : attention + ", " + setting.hiddenRows();
  }
}

package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.evaluate.Evaluation;
import dunlin.host.evaluate.LayerComparison;
import dunlin.host.flock.ImportedModel;
import dunlin.host.quantise.Equalisation.Equalised;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What quantisation costs on a text. */
@Command(
    name = "evaluate",
    description = "Compares int8 with float on a text; by default stint.",
    footer = "Examples: dunlin evaluate --text a.txt | dunlin evaluate --text a.txt --layers")
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      required = true,
      description = "Stories, with <|endoftext|> between them.")
  private Path text;

  @Option(
      names = "--stories",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Most stories to read; all by default.")
  private int stories = Integer.MAX_VALUE;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Most tokens of a story, from 2; by default the model's context.")
  private int tokens = Integer.MAX_VALUE;

  @Option(names = "--layers", description = "Compare every op's result too, on the first story.")
  private boolean layers;

  @Option(
      names = "--weights",
      paramLabel = "W",
      converter = WeightsConverter.class,
      description = "plain, the default, packed or helium; none changes a figure.")
  private BoardType.Weights weights = BoardType.Weights.PLAIN;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    if (tokens < 2) {
      throw new ParameterException(
          spec.commandLine(), "--tokens " + tokens + " leaves nothing to predict");
    }
    BoardType board = BoardTypes.named("emulated").with(weights);
    ImportedModel source = model.read();
    List<int[]> sequences = source.stories(text, stories, tokens);
    Equalised equalised = source.equalised(model.calibration(), new ProgressBars());
    QuantisedModel quantised = Quantiser.quantise(equalised);
    Evaluation evaluation = evaluate(source, quantised, board, sequences);
    LayerComparison comparison =
        layers ? LayerComparison.of(equalised.model(), quantised, board, sequences.get(0)) : null;
    EvaluationReport report =
        EvaluationReport.of(source.name(), quantised, sequences.size(), evaluation, comparison);
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }

  private static Evaluation evaluate(
      ImportedModel source, QuantisedModel quantised, BoardType board, List<int[]> sequences) {
    AtomicInteger total = new AtomicInteger();
    return new ProgressBars()
        .during(
            "evaluating",
            sequences.stream().mapToLong(sequence -> sequence.length).sum(),
            done ->
                Evaluation.of(
                    source.model(),
                    quantised,
                    board,
                    sequences,
                    more -> done.accept(total.addAndGet(more))));
  }
}

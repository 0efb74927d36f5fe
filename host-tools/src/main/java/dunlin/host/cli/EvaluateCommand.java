package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.answer.SquadFile;
import dunlin.host.evaluate.EncoderEvaluation;
import dunlin.host.evaluate.EncoderLayers;
import dunlin.host.evaluate.Evaluation;
import dunlin.host.evaluate.LayerComparison;
import dunlin.host.evaluate.SquadEvaluation;
import dunlin.host.features.LabelledInputs;
import dunlin.host.features.LabelledInputs.Labelled;
import dunlin.host.features.LabelledTexts;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.ImportedModel;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.TokenSequence;
import dunlin.host.quantise.Equalisation.Equalised;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import dunlin.host.tokenizer.WordPieces;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What quantisation costs on a text, on labelled inputs, or on questions. */
@Command(
    name = "evaluate",
    description = "Compares int8 with float on texts, labelled inputs or questions.",
    footer = "Examples: dunlin evaluate --text a.txt | dunlin evaluate --labelled clips")
final class EvaluateCommand implements Runnable {
  /** Of which blocks are compared: each takes as long as a few of an evaluation. */
  private static final int MOST_WINDOWS = 8;

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @ArgGroup private Data data;

  /** What it is evaluated on. */
  private static final class Data {
    @Option(
        names = "--text",
        paramLabel = "FILE",
        description = "Stories, with <|endoftext|> between them.")
    private Path text;

    @Option(
        names = "--labelled",
        paramLabel = "PATH",
        description = "For an encoder: a folder for each label, or texts in a file.")
    private Path labelled;

    @Option(
        names = "--squad",
        paramLabel = "FILE",
        description = "For one that answers: questions in SQuAD's form.")
    private Path squad;
  }

  @Option(
      names = "--stories",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Most stories, or questions, to read; all by default.")
  private int stories = Integer.MAX_VALUE;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Most tokens of a story, text or window; by default the context.")
  private int tokens = Integer.MAX_VALUE;

  @Option(
      names = "--layers",
      description =
          "Compare every op, or an encoder's blocks, on the first story, input or windows.")
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
    if (data == null) {
      throw new ParameterException(
          spec.commandLine(),
          "give --text FILE, or for an encoder --labelled PATH or --squad FILE");
    }
    if (tokens < 2) {
      throw new ParameterException(
          spec.commandLine(), "--tokens " + tokens + " leaves nothing to predict");
    }
    BoardType board = BoardTypes.named("emulated").with(weights);
    if (data.labelled != null) {
      onInputs(board);
    } else if (data.squad != null) {
      onQuestions(board);
    } else {
      onText(board);
    }
  }

  private void onQuestions(BoardType board) {
    ImportedEncoder source = model.encoder(Optional.empty(), ModelOptions.NAME_ANSWERER);
    WordPieces pieces = source.spanPieces();
    int most = Math.min(tokens, source.model().config().context());
    SquadFile questions = SquadFile.read(data.squad).first(stories);
    QuantisedEncoder quantised = source.quantised(model.calibration(), new ProgressBars());
    SquadEvaluation evaluation =
        new ProgressBars()
            .during(
                "evaluating",
                questions.questions().size(),
                done ->
                    SquadEvaluation.of(
                        source.model(), quantised, board, pieces, most, questions, done));
    SquadReport.Layers worst =
        layers ? layersOn(questions, source.model(), quantised, board, pieces, most) : null;
    SquadReport report = SquadReport.of(source.name(), quantised, evaluation, worst);
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }

  private static SquadReport.Layers layersOn(
      SquadFile questions,
      EncoderModel model,
      QuantisedEncoder quantised,
      BoardType board,
      WordPieces pieces,
      int most) {
    List<TokenSequence> windows =
        SquadEvaluation.windows(pieces, most, questions).limit(MOST_WINDOWS).toList();
    return new SquadReport.Layers(
        windows.size(),
        new ProgressBars()
            .during(
                "comparing blocks",
                windows.size(),
                done -> EncoderLayers.worst(model, quantised, board, windows, done)));
  }

  private List<Labelled> labelled(ImportedEncoder source) {
    EncoderConfig config = source.model().config();
    if (config.words().isEmpty()) {
      if (tokens < Integer.MAX_VALUE) {
        throw new ParameterException(
            spec.commandLine(), "--tokens is of texts, and " + source.name() + " reads none");
      }
      return LabelledInputs.read(data.labelled, config);
    }
    WordPieces pieces = source.textPieces();
    int most = Math.min(tokens, config.context());
    return LabelledTexts.read(data.labelled, config.labels()).stream()
        .map(
            text ->
                new Labelled(text.label(), pieces.one(text.name(), pieces.cut(text.text()), most)))
        .toList();
  }

  private void onInputs(BoardType board) {
    ImportedEncoder source = model.encoder(Optional.empty(), ModelOptions.NAME_ENCODER);
    List<Labelled> inputs = labelled(source);
    QuantisedEncoder quantised = source.quantised(model.calibration(), new ProgressBars());
    EncoderEvaluation evaluation =
        new ProgressBars()
            .during(
                "evaluating",
                inputs.size(),
                done ->
                    EncoderEvaluation.of(
                        source.model(), quantised, board, inputs, i -> done.accept(i)));
    EncoderEvaluationReport report =
        EncoderEvaluationReport.of(
            source.name(),
            quantised,
            evaluation,
            layers ? EncoderLayers.of(source.model(), quantised, board, inputs) : null);
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }

  private void onText(BoardType board) {
    ImportedModel source = model.read();
    List<int[]> sequences = source.stories(data.text, stories, tokens);
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

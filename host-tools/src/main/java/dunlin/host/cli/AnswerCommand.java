package dunlin.host.cli;

import dunlin.host.answer.Answerer;
import dunlin.host.answer.Answers;
import dunlin.host.features.TextFiles;
import dunlin.host.flock.Effort;
import dunlin.host.flock.EncoderFlock;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.Reading;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.tokenizer.WordPieces;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A question and a text in, the part of the text that answers it out. */
@Command(
    name = "answer",
    description = "Has boards find the answer to a question in a text.",
    footer = "Examples: dunlin answer --model M --question \"Who?\" --context-file a.txt",
    modelTransformer = AnswerCommand.TextAsContext.class)
final class AnswerCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(names = "--question", paramLabel = "Q", required = true, description = "What is asked.")
  private String question;

  @Option(
      names = TextAsContext.TEXT,
      paramLabel = "TEXT",
      description = "Where to look for the answer.")
  private String context;

  @Option(names = "--context-file", paramLabel = "FILE", description = "The same from a file.")
  private Path file;

  @Option(
      names = "--stride",
      paramLabel = "T",
      converter = CountConverter.class,
      description = "Tokens from a window of a long text to the next; by default 128.")
  private int stride = 128;

  @Option(
      names = "--best",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Answers in the report, the best first; by default ${DEFAULT-VALUE}.")
  private int best = 5;

  @Mixin private FlockOptions flock;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    if ((context == null) == (file == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "give a text to look in: --context TEXT, or else --context-file FILE");
    }
    String text = file == null ? context : TextFiles.notBlank(file);
    refuseBlank("--question", question);
    refuseBlank("--context", text);
    ImportedEncoder source = model.encoder(flock.model(), ModelOptions.NAME_ANSWERER);
    WordPieces pieces = source.spanPieces();
    Built built =
        Built.of(
            source, model.calibration(), flock.boards(model.flock()), flock.options(model.flock()));
    Effort[] effort = {Effort.NONE};
    Answers answers;
    QuantisedEncoder quantised = (QuantisedEncoder) built.plan().model();
    try (EncoderFlock boards = EncoderFlock.of(flock.venue().start(built), quantised)) {
      Answerer answerer =
          new Answerer(
              pieces,
              built.plan().context(),
              stride,
              window -> {
                Reading reading = boards.read(window);
                effort[0] = effort[0].plus(reading.effort());
                return reading.logits();
              });
      answers = answerer.answer(question, text, best);
    }
    AnswerReport report = AnswerReport.of(built, flock.venue(), question, answers, effort[0]);
    if (json.textIsWanted()) {
      spec.commandLine().getOut().println(answers.best().get(0).text());
    }
    report.summarise(built, spec.commandLine().getErr());
    json.write(report);
  }

  /** Before what takes long. */
  private void refuseBlank(String option, String text) {
    if (text.isBlank()) {
      throw new ParameterException(spec.commandLine(), option + " holds no text");
    }
  }

  /**
   * Gives {@code --context} to the text. In other commands it says how many tokens a flock takes,
   * which is {@code --tokens} here.
   */
  static final class TextAsContext implements IModelTransformer {
    private static final String CONTEXT = "--context";

    /** What the text's option is called until its name is free. */
    static final String TEXT = "--text";

    @Override
    public CommandSpec transform(CommandSpec spec) {
      List<OptionSpec> options = List.copyOf(spec.options());
      options.forEach(spec::remove);
      options.stream().map(TextAsContext::renamed).forEach(spec::addOption);
      return spec;
    }

    private static OptionSpec renamed(OptionSpec option) {
      return switch (option.longestName()) {
        case CONTEXT ->
            OptionSpec.builder(option)
                .names("--tokens")
                .description("Most tokens at a time, or the model's limit.")
                .build();
        case TEXT -> OptionSpec.builder(option).names(CONTEXT).build();
        default -> option;
      };
    }
  }
}

package dunlin.host.cli;

import dunlin.host.features.FeatureFiles;
import dunlin.host.features.TextFiles;
import dunlin.host.flock.Classification;
import dunlin.host.flock.EncoderFlock;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.model.EncoderInput;
import dunlin.host.model.Features;
import dunlin.host.model.TokenSequence;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.tokenizer.Pieces;
import dunlin.host.tokenizer.WordPieces;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sound, other features or text in, a label out. */
@Command(
    name = "classify",
    description = "Has boards say what a sound, a text or other features are.",
    footer = "Examples: dunlin classify --model kwt1 --input yes.wav --nodes 4")
final class ClassifyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "A .wav, .csv or .safetensors, or of text a .txt.")
  private List<Path> files = List.of();

  @Option(names = "--text", paramLabel = "TEXT", description = "A text; both may come again.")
  private List<String> texts = List.of();

  @Mixin private FlockOptions flock;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    if (texts.stream().anyMatch(String::isBlank)) {
      throw new ParameterException(spec.commandLine(), "--text holds no text");
    }
    ImportedEncoder source =
        model.encoder(
            flock.model(),
            texts.isEmpty() ? ModelOptions.NAME_ENCODER : ModelOptions.NAME_CLASSIFIER);
    if (files.isEmpty() && texts.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "give what to classify: --input FILE, or --text TEXT");
    }
    boolean ofText = source.model().config().words().isPresent() || !texts.isEmpty();
    IntFunction<List<? extends EncoderInput>> read = ofText ? texts(source) : clips(source);
    Built built =
        Built.of(
            source, model.calibration(), flock.boards(model.flock()), flock.options(model.flock()));
    List<Classification> found = new ArrayList<>();
    QuantisedEncoder quantised = (QuantisedEncoder) built.plan().model();
    try (EncoderFlock boards = EncoderFlock.of(flock.venue().start(built), quantised)) {
      List<? extends EncoderInput> inputs = read.apply(built.plan().context());
      for (EncoderInput input : inputs) {
        found.add(boards.classify(input));
        print(found.get(found.size() - 1), inputs.size() > 1, ofText);
      }
    }
    ClassifyReport report =
        ClassifyReport.of(built, flock.venue(), source.model().config().labels(), found);
    report.summarise(built, spec.commandLine().getErr());
    json.write(report);
  }

  /** What was recorded, however many tokens a flock takes. */
  private IntFunction<List<? extends EncoderInput>> clips(ImportedEncoder source) {
    List<Features> clips =
        files.stream()
            .flatMap(file -> FeatureFiles.read(file, source.model().config()).stream())
            .toList();
    return most -> clips;
  }

  /** Texts, as much of each as a flock takes. */
  private IntFunction<List<? extends EncoderInput>> texts(ImportedEncoder source) {
    WordPieces pieces = source.textPieces();
    List<String> all =
        Stream.concat(files.stream().map(TextFiles::notBlank), texts.stream()).toList();
    return most -> all.stream().map(text -> sequence(text, pieces, most)).toList();
  }

  private TokenSequence sequence(String text, WordPieces pieces, int most) {
    Pieces cut = pieces.cut(text);
    TokenSequence sequence = pieces.one(text, cut, most);
    int left = cut.count() + WordPieces.MARKS - sequence.tokens().length;
    if (left > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(Numerals.grouped(left) + " tokens of a text are left out, those behind " + most);
      err.flush();
    }
    return sequence;
  }

  /** The label first; of a text, how likely it is; then whose it is, where there are several. */
  private void print(Classification found, boolean named, boolean ofText) {
    if (json.textIsWanted()) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(found.label());
      if (ofText) {
        out.printf(Locale.ROOT, "\t%.4f", Collections.max(found.scores()));
      }
      out.println(named ? "\t" + found.input() : "");
      out.flush();
    }
  }
}

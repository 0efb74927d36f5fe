package dunlin.host.cli;

import dunlin.host.features.FeatureFiles;
import dunlin.host.flock.Classification;
import dunlin.host.flock.EncoderFlock;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.model.Features;
import dunlin.host.quantise.QuantisedEncoder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sound or features in, a label out. */
@Command(
    name = "classify",
    description = "Has boards say what a sound or other features are.",
    footer = "Examples: dunlin classify --model kwt1 --input yes.wav --nodes 4")
final class ClassifyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "A .wav, .csv or .safetensors; give it again for more.")
  private List<Path> files;

  @Mixin private FlockOptions flock;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    ImportedEncoder source = model.encoder(flock.model());
    List<Features> inputs = inputs(source);
    Built built =
        Built.of(
            source, model.calibration(), flock.boards(model.flock()), flock.options(model.flock()));
    List<Classification> found = new ArrayList<>();
    QuantisedEncoder quantised = (QuantisedEncoder) built.plan().model();
    try (EncoderFlock boards = EncoderFlock.of(flock.venue().start(built), quantised)) {
      for (Features input : inputs) {
        found.add(boards.classify(input));
        print(found.get(found.size() - 1), inputs.size() > 1);
      }
    }
    ClassifyReport report =
        ClassifyReport.of(built, flock.venue(), source.model().config().labels(), found);
    report.summarise(built, spec.commandLine().getErr());
    json.write(report);
  }

  private List<Features> inputs(ImportedEncoder source) {
    return files.stream()
        .flatMap(file -> FeatureFiles.read(file, source.model().config()).stream())
        .toList();
  }

  /** The label first; then whose it is, where there are several. */
  private void print(Classification found, boolean named) {
    if (json.textIsWanted()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(named ? found.label() + "\t" + found.input() : found.label());
      out.flush();
    }
  }
}

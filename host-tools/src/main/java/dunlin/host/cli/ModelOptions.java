package dunlin.host.cli;

import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.ImportedModel;
import dunlin.host.flock.ImportedNetwork;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The model, and the text to calibrate it on. */
final class ModelOptions {
  @Option(names = "--model", paramLabel = "M", description = "Its path, or its name in models/.")
  private String model;

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      description = "What to calibrate on, or the model's own.")
  private Path calibration;

  /** The model that comes with Dunlin. */
  static final String BUNDLED = "stint";

  /** What to do where any encoder would do and none is named. */
  static final String NAME_ENCODER = "name one with --model, as --model kwt1";

  /** The same where a text is to be classified. */
  static final String NAME_CLASSIFIER = "name one that classifies texts with --model";

  /** The same where a question is to be answered. */
  static final String NAME_ANSWERER = "name one that answers questions with --model";

  /** Whether a model is named. */
  boolean named() {
    return model != null;
  }

  /** The model as it was imported; where none is named, the one that comes with Dunlin. */
  ImportedModel read() {
    return read(Optional.empty());
  }

  /**
   * The model as it was imported.
   *
   * @param otherwise its name where the command line has none; empty for the one that comes with
   *     Dunlin
   */
  ImportedModel read(Optional<String> otherwise) {
    ImportedNetwork network = network(otherwise);
    if (network instanceof ImportedModel decoder) {
      return decoder;
    }
    ImportedEncoder encoder = (ImportedEncoder) network;
    throw new Refusal(
        network.name()
            + (encoder.answers() ? " answers questions" : " classifies")
            + " and writes no text",
        encoder.use());
  }

  /**
   * The model as it was imported, whatever its architecture.
   *
   * @param otherwise as for {@link #read(Optional)}
   */
  ImportedNetwork network(Optional<String> otherwise) {
    return ImportedNetwork.read(named() ? model : otherwise.orElse(BUNDLED), new ProgressBars());
  }

  /**
   * An encoder as it was imported.
   *
   * @param otherwise its name where the command line has none
   * @param wanted what to do where there is none either
   */
  ImportedEncoder encoder(Optional<String> otherwise, String wanted) {
    if (!named() && otherwise.isEmpty()) {
      throw new Misuse("no encoder is named", wanted);
    }
    ImportedNetwork network = network(otherwise);
    if (network instanceof ImportedEncoder encoder) {
      return encoder;
    }
    throw new Refusal(network.name() + " writes text and classifies nothing", "use run for it");
  }

  /** What it runs on where the command line does not say. */
  DefaultFlock flock() {
    return named() ? DefaultFlock.ANY : DefaultFlock.BUNDLED;
  }

  /** Stories, or inputs, to calibrate on; null for the model's own. */
  Path calibration() {
    return calibration;
  }
}

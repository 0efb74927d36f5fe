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
    throw new Refusal(network.name() + " classifies and writes no text", "use classify for it");
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
   */
  ImportedEncoder encoder(Optional<String> otherwise) {
    if (!named() && otherwise.isEmpty()) {
      throw new Misuse("no encoder is named", "name one with --model, as --model kwt1");
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

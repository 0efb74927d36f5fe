package dunlin.host.cli;

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
  private static final String BUNDLED = "stint";

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
    return ImportedModel.read(named() ? model : otherwise.orElse(BUNDLED));
  }

  /**
   * The model as it was imported, whatever its architecture.
   *
   * @param otherwise as for {@link #read(Optional)}
   */
  ImportedNetwork network(Optional<String> otherwise) {
    return ImportedNetwork.read(named() ? model : otherwise.orElse(BUNDLED));
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

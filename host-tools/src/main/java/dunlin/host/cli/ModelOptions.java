package dunlin.host.cli;

import dunlin.host.flock.ImportedModel;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The model, and the text to calibrate it on. */
final class ModelOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "Checkpoint, its folder, or a name in models/.")
  private String model;

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      description = "Stories to calibrate on, or the model's own.")
  private Path calibration;

  /** Whether a model is named. */
  boolean named() {
    return model != null;
  }

  /** The model as it was imported. */
  ImportedModel read() {
    if (!named()) {
      throw new ParameterException(
          command.commandLine(), "no model comes with Dunlin yet, name one with --model");
    }
    return ImportedModel.read(model);
  }

  /** Stories to calibrate on; null for the model's own. */
  Path calibration() {
    return calibration;
  }
}

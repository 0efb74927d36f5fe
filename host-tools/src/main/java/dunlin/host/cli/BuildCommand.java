package dunlin.host.cli;

import dunlin.host.flock.ImportedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Model to image files. */
@Command(
    name = "build",
    description = "Builds the images for the boards' flash.",
    footer = "Example: dunlin build --model stories260K --board nucleo-h743zi2")
final class BuildCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Image, or a folder; by default this folder.")
  private String output = "";

  @Mixin private FlockOptions flock;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    ImportedModel source = model.read();
    ImageFiles files = new ImageFiles(output, source.name(), flock.boards());
    files.check();
    Built built = Built.of(source, model.calibration(), flock.boards(), flock.options());
    files.write(built.images());
    ImagesReport report = ImagesReport.of(built, files.paths());
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }
}

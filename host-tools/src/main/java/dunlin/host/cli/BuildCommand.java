package dunlin.host.cli;

import dunlin.host.flock.ImportedModel;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Model to image file. */
@Command(
    name = "build",
    description = "Builds the image for a board's flash.",
    footer = "Example: dunlin build --model stories260K --board nucleo-h743zi2")
final class BuildCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Image, or folder for MODEL-BOARD.img; by default this folder.")
  private Path output = Path.of("");

  @Mixin private BoardOptions board;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    ImportedModel source = model.read();
    Path file =
        Files.isDirectory(output.toAbsolutePath())
            ? output.resolve(source.name() + "-" + board.board().name() + ".img")
            : output;
    WholeFile.check(file);
    Built built = Built.of(source, model.calibration(), board.board(), board.plan());
    WholeFile.write(file, built.image().bytes());
    BuildReport report = BuildReport.of(built);
    json.write(report);
    if (json.textIsWanted()) {
      print(file, report);
    }
  }

  private void print(Path file, BuildReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("image    " + file);
    out.println("model    " + report.model() + ", hash " + report.modelHash());
    out.println("plan     hash " + report.planHash());
    out.println("context  " + report.context() + " tokens, chunks of " + report.chunk());
    out.println("flash    " + used(report.flashBytes(), report.flashRoom()));
    report.ram().forEach(ram -> out.println("RAM      " + used(ram) + " in " + ram.region()));
  }

  private static String used(BuildReport.RamUse ram) {
    return used(ram.bytes(), ram.room());
  }

  private static String used(int bytes, int room) {
    return String.format(Locale.ROOT, "%,d of %,d bytes", bytes, room);
  }
}

package dunlin.host.cli;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.checkpoint.ModelFiles;
import dunlin.host.compile.ImageSummary;
import dunlin.host.compile.Listing;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Image or checkpoint to text. */
@Command(
    name = "inspect",
    description = "Shows what an image or a checkpoint holds.",
    footer = "Example: dunlin inspect stories260K-stm32f405.img --listing")
final class InspectCommand implements Runnable {
  private static final int MAGIC_BYTES = 4;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Image, checkpoint, folder or name of a model.")
  private String what;

  @Option(names = "--listing", description = "Show an image's program, an op a line.")
  private boolean listing;

  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    Path file = Path.of(what);
    if (Files.isRegularFile(file) && ImageSummary.recognises(start(file))) {
      image(file);
    } else if (listing) {
      throw new ParameterException(spec.commandLine(), what + " is no image, it has no listing");
    } else {
      checkpoint(Files.isRegularFile(file) ? file : ModelFiles.locate(what).checkpoint());
    }
  }

  private void image(Path file) {
    byte[] bytes = bytes(file);
    ImageSummary summary = ImageSummary.of(what, bytes);
    Listing program = Listing.of(what, bytes);
    ImageReport report = ImageReport.of(summary, program, listing);
    json.write(report);
    if (json.textIsWanted()) {
      PrintWriter out = spec.commandLine().getOut();
      report.print(out);
      if (listing) {
        out.println();
        program.ops().forEach(out::println);
      }
    }
  }

  private void checkpoint(Path file) {
    CheckpointReport report = CheckpointReport.of(Checkpoints.list(file));
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }

  private static byte[] start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAGIC_BYTES);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Refusal unreadable(Path file, IOException e) {
    return new Refusal(
        file + ": cannot be read (" + e + ")", "check the path and its permissions", e);
  }
}

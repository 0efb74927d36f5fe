package dunlin.host.cli;

import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.ModelFiles;
import dunlin.host.compile.ImageSummary;
import dunlin.host.compile.Listing;
import dunlin.host.flock.ImportedEncoder;
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
    footer = "Examples: dunlin inspect stint | dunlin inspect stint-stm32f405-0.img --listing")
final class InspectCommand implements Runnable {
  private static final int MAGIC_BYTES = 4;
  private static final String IMAGE = ".img";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Image, checkpoint, folder or name of a model.")
  private String what;

  @Option(names = "--listing", description = "Show an image's program, an op a line.")
  private boolean listing;

  @Mixin private JsonOption json;

  /** What other commands call a model by: here it needs no option. */
  @Option(names = "--model", hidden = true)
  @SuppressWarnings("DoNotCallSuggester") // picocli does
  void refuseModel(String name) {
    throw new ParameterException(
        spec.commandLine(), "--model is not needed here: type dunlin inspect " + name);
  }

  @Override
  public void run() {
    json.check();
    Path file = Path.of(what);
    checkFile(file);
    if (isImage(file)) {
      image(file);
    } else if (listing) {
      throw new ParameterException(spec.commandLine(), what + " is no image, it has no listing");
    } else if (isEncoder()) {
      encoder(ImportedEncoder.read(what));
    } else if (Files.isRegularFile(file)) {
      checkpoint(report(file));
    } else {
      checkpoint(CheckpointReport.of(Checkpoints.list(ModelFiles.locate(what).checkpoint())));
    }
  }

  /** A model may lie where models do; an image is where its name says. */
  private void checkFile(Path file) {
    if (what.endsWith(IMAGE) && !Files.exists(file)) {
      throw new Refusal(file + ": there is no such file", "check the path");
    }
    if (Files.isRegularFile(file) && start(file).length == 0) {
      throw new Refusal(file + ": is empty", "build or download it again");
    }
  }

  private static boolean isImage(Path file) {
    return Files.isRegularFile(file)
        && (file.toString().endsWith(IMAGE) || ImageSummary.recognises(start(file)));
  }

  /** A checkpoint's; a file that does not claim to be one is refused as what it may be. */
  private static CheckpointReport report(Path file) {
    try {
      return CheckpointReport.of(Checkpoints.list(file));
    } catch (Refusal refusal) {
      throw file.toString().matches(".*\\.(bin|gguf|onnx)")
          ? refusal
          : new Refusal(
              file + ": is neither an image nor a checkpoint",
              "give an image that build has written, a checkpoint, or a model's folder or name",
              refusal);
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

  private boolean isEncoder() {
    return EncoderDescription.NAMES.contains(what) || Encoders.recognises(ModelFiles.find(what));
  }

  private void encoder(ImportedEncoder source) {
    EncoderReport report = EncoderReport.of(source.name(), source.model());
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }

  private void checkpoint(CheckpointReport report) {
    json.write(report);
    if (json.textIsWanted()) {
      report.print(spec.commandLine().getOut());
    }
  }

  private static byte[] start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAGIC_BYTES);
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }
}

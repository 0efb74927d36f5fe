package dunlin.host.cli;

import dunlin.host.compile.NodeImage;
import dunlin.host.flock.Flock;
import dunlin.host.flock.ImportedModel;
import dunlin.host.flock.Story;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prompt in, text out. */
@Command(
    name = "run",
    description = "Writes a text on emulated boards: to stdout, and nothing else there.",
    footer = "Example: dunlin run --model stories260K --prompt \"One day, a dog\"")
final class RunCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--prompt",
      paramLabel = "S",
      defaultValue = "",
      description = "How the text begins.")
  private String prompt;

  @Option(
      names = "--steps",
      paramLabel = "K",
      converter = CountConverter.class,
      description = "Most tokens to write, or all the context holds.")
  private int steps = Integer.MAX_VALUE;

  @Option(
      names = "--rig",
      paramLabel = "R",
      converter = RigConverter.class,
      description = "Where it runs: emulated, the default, or qemu.")
  private Rig rig = Rig.EMULATED;

  @Mixin private SamplingOptions sampling;
  @Mixin private FlockOptions flock;
  @Mixin private JsonOption json;

  @Override
  public void run() {
    json.check();
    ImportedModel source = model.read();
    int[] tokens = source.tokenizer().prompt(prompt);
    Built built = Built.of(source, model.calibration(), flock.boards(), flock.options());
    Story story;
    try (Flock boards = rig.start(built, source.tokenizer())) {
      story = boards.tell(prompt, steps, sampling.sampling(), this::print);
    }
    print("\n");
    json.write(RunReport.of(rig, built, prompt, tokens, sampling.sampling(), story));
    summarise(built.images(), tokens.length + story.tokens().size(), story);
  }

  private void print(String piece) {
    if (json.textIsWanted()) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(piece);
      out.flush();
    }
  }

  /** Flash, RAM, traffic and speed, for people. */
  private void summarise(List<NodeImage> images, int tokens, Story story) {
    long flash = images.stream().mapToLong(image -> image.bytes().length).max().orElseThrow();
    long ram = images.stream().mapToLong(image -> image.memory().bytes()).max().orElseThrow();
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "%s %,d bytes of flash and %,d of RAM; %d tokens, %,d bytes on the wires for each;"
                + " %,d tokens/s here%n",
            images.size() == 1 ? "1 node with" : images.size() + " nodes with at most",
            flash,
            ram,
            tokens,
            story.wireBytes() / tokens,
            Math.round(tokens / story.seconds()));
  }
}

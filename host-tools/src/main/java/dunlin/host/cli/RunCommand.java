package dunlin.host.cli;

import dunlin.host.flock.Flock;
import dunlin.host.flock.ImportedModel;
import dunlin.host.flock.Story;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prompt in, text out. */
@Command(
    name = "run",
    description = "Has boards write a text; by default stint, on four stm32f405.",
    footer = "Examples: dunlin run | dunlin run --prompt \"One day, a fox\" --nodes 8")
final class RunCommand extends TextCommand {
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

  @Mixin private FaultsOption faults;

  private int[] tokens;

  @Override
  void check(ImportedModel source, Venue venue) {
    tokens = source.tokenizer().prompt(prompt);
    faults.check(venue);
  }

  @Override
  Supplier<?> write(ImportedModel source, Flock boards, Setting setting) {
    faults.befall(boards, setting.sampling().seed());
    Story story = boards.tell(prompt, steps, setting.sampling(), this::print);
    print("\n");
    summarise(setting.built(), List.of(story));
    if (faults.wanted()) {
      notes().println(LinksReport.of(boards).inWords());
    }
    return () -> RunReport.of(setting, prompt, tokens, story, LinksReport.of(boards));
  }
}

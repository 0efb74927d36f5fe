package dunlin.host.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What papers report. */
@Command(
    name = "reproduce",
    description = "Repeats a paper's figures.",
    synopsisSubcommandLabel = "(distributed | tiny)",
    subcommands = {ReproduceDistributedCommand.class, ReproduceTinyCommand.class},
    footer = "Example: dunlin reproduce distributed")
final class ReproduceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "reproduce what? distributed or tiny");
  }
}

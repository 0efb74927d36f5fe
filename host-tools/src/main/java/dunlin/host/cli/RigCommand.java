package dunlin.host.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is about rig files. */
@Command(
    name = "rig",
    description = "Rig files: what a flock on the desk is.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = RigInitCommand.class)
final class RigCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: rig init");
  }
}

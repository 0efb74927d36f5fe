package dunlin.host.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What code costs on a board's core. */
@Command(
    name = "bench",
    description = "Counts instructions on emulated cores, exactly and repeatably.",
    synopsisSubcommandLabel = "(kernels | attention | token | costs)",
    subcommands = {
      BenchKernelsCommand.class,
      BenchAttentionCommand.class,
      BenchTokenCommand.class,
      BenchCostsCommand.class
    },
    footer = "Example: dunlin bench kernels --board mps2-an386")
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "bench of what? of kernels, attention, a token, or costs");
  }
}

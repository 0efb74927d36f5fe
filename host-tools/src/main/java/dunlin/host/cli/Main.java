package dunlin.host.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit codes: 0 ok, 1 failed, 2 misuse. A failure is one line on stderr; {@code
 * -v} adds the stack trace.
 */
@Command(
    name = "dunlin",
    description = "One int8 Transformer on a flock of microcontrollers.",
    synopsisSubcommandLabel = "COMMAND",
    abbreviateSynopsis = true,
    sortOptions = false,
    scope = ScopeType.INHERIT,
    subcommands = {
      RunCommand.class,
      MonitorCommand.class,
      ChatCommand.class,
      ClassifyCommand.class,
      AnswerCommand.class,
      PlanCommand.class,
      ReportCommand.class,
      SweepCommand.class,
      BuildCommand.class,
      FlashCommand.class,
      VerifyCommand.class,
      InspectCommand.class,
      EvaluateCommand.class,
      BenchCommand.class,
      ReproduceCommand.class,
      RigCommand.class,
      PortsCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Help of a command: dunlin COMMAND --help",
      "Stack trace of a failure: dunlin COMMAND --verbose"
    },
    versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private final Failures failures = new Failures(() -> this.verbose);

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      hidden = true, // a line of each command's help that says the same
      description = "Show the stack trace of a failure.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help, and exit.")
  @SuppressWarnings("UnusedVariable") // picocli's own
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version, and exit.")
  @SuppressWarnings("UnusedVariable") // picocli's own
  private boolean version;

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    PrintWriter out = StandardOutput.writer(new FileOutputStream(FileDescriptor.out));
    Main main = new Main();
    Runtime.getRuntime().addShutdownHook(new Thread(main.failures::stop));
    System.exit(commandLine(main).setOut(out).execute(args));
  }

  static CommandLine commandLine() {
    return commandLine(new Main());
  }

  private static CommandLine commandLine(Main main) {
    Failures failures = main.failures;
    return new CommandLine(main)
        .setExecutionStrategy(failures::run)
        .setParameterExceptionHandler(failures::misuse);
  }

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"dunlin " + (version == null ? "(not packaged)" : version)};
    }
  }
}

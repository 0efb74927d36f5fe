package dunlin.host.cli;

import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.hal.emulated.EmulationException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** What goes wrong, as one line on stderr and an exit code. */
final class Failures {
  private final BooleanSupplier verbose;

  /** Whether the process is being stopped: what fails then is no news. */
  private volatile boolean stopping;

  /**
   * @param verbose asked when something goes wrong: whether to show the stack trace
   */
  Failures(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  /** The process ends: from now on, failures go unsaid. */
  void stop() {
    stopping = true;
  }

  /** Runs the command that was parsed. */
  int run(ParseResult parsed) {
    PrintWriter err = parsed.commandSpec().commandLine().getErr();
    try {
      return new RunLast().execute(parsed);
    } catch (ParameterException e) {
      throw e;
    } catch (CommandLine.ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause(), err);
    } catch (OutOfMemoryError | UncheckedIOException e) { // the latter from a write of help
      return failed(e, err);
    }
  }

  /** The command line itself is wrong, or asks for a list of what it could say. */
  int misuse(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    if (e.getCause() instanceof BoardConverter.ListWanted) {
      BoardConverter.list(command.getOut());
      return ExitCode.OK;
    }
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println("dunlin: " + line(e) + ": see " + name + " --help");
    return ExitCode.USAGE;
  }

  private static String line(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return line(unmatched);
    }
    return e.getMessage().lines().findFirst().orElse("").strip();
  }

  private static String line(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().get(0);
    String meant =
        e.getSuggestions().isEmpty() ? "" : " (" + String.join(" or ", e.getSuggestions()) + "?)";
    if (e.isUnknownOption()) {
      return "unknown option " + argument + meant;
    }
    Set<String> commands = e.getCommandLine().getSubcommands().keySet();
    return commands.isEmpty()
        ? "unexpected argument " + argument + meant
        : "no command is called " + argument + meant + ", there are " + String.join(", ", commands);
  }

  private int failed(Throwable failure, PrintWriter err) {
    if (stopping) {
      return ExitCode.SOFTWARE;
    }
    if (!isBrokenPipe(failure)) { // the reader has seen enough
      err.println("dunlin: " + line(failure));
    }
    trace(failure, err);
    return failure instanceof Misuse ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static String line(Throwable failure) {
    if (failure instanceof Refusal || failure instanceof EmulationException) {
      return failure.getMessage();
    }
    if (failure instanceof UncheckedIOException stdout) {
      return "output cannot be written: " + stdout.getCause().getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      return "%,d MB of memory are not enough: give Java more, as in JAVA_TOOL_OPTIONS=-Xmx%dm"
          .formatted(megabytes, 2 * megabytes);
    }
    return "a fault of dunlin's own, " + failure + ": please report it with the output of -v";
  }

  private static boolean isBrokenPipe(Throwable failure) {
    return failure instanceof UncheckedIOException unchecked
        && "Broken pipe".equals(unchecked.getCause().getMessage());
  }

  private void trace(Throwable failure, PrintWriter err) {
    if (verbose.getAsBoolean()) {
      failure.printStackTrace(err);
    }
  }
}

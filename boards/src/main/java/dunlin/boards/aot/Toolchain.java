package dunlin.boards.aot;

import dunlin.boards.Programs;
import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** GNU's tools, for Arm without an operating system or for this machine. */
final class Toolchain {
  private static final String PREFIX = "arm-none-eabi-";

  /** By Ctrl-C, which all of a terminal's processes get: 128 and the number of SIGINT. */
  private static final int STOPPED = 130;

  private final String prefix;
  private final Path folder;

  /** Runs in {@code folder}: relative names keep its path out of what is built. */
  Toolchain(Path folder) {
    this(PREFIX, folder);
  }

  private Toolchain(String prefix, Path folder) {
    this.prefix = prefix;
    this.folder = folder;
  }

  /** The tools of this machine. */
  static Toolchain ofDesktop(Path folder) {
    return new Toolchain("", folder);
  }

  /** Runs a tool to its end; what it printed. */
  String run(String tool, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(prefix + tool);
    command.addAll(arguments);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C"); // messages that can be told apart
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code == STOPPED) {
        throw new Refusal(command.get(0) + " was stopped", "start again");
      }
      if (code != 0) {
        throw new IllegalStateException(command.get(0) + ": " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw refusal(command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command.get(0) + " was interrupted", e);
    }
  }

  /** Whether the compiler is there. */
  static boolean installed() {
    return Programs.installed(PREFIX + "gcc");
  }

  private static Refusal refusal(String tool, IOException cause) {
    return new Refusal(
        tool + " is not there (" + cause.getMessage() + ")",
        "type: sudo apt install gcc-arm-none-eabi",
        cause);
  }
}

package dunlin.host.flash;

import dunlin.boards.Chip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Programs that reach a chip through an ST-LINK, in the order in which they are chosen, and how
 * each is told what to do. Files are in its working directory.
 */
enum StLinkProgram {
  /** Open On-Chip Debugger 0.12. */
  OPENOCD("openocd") {
    @Override
    List<String> read(Chip chip, String serial, String file, long address, int count) {
      return script(chip, serial, "dump_image %s 0x%08x %d".formatted(file, address, count));
    }

    @Override
    List<String> write(Chip chip, String serial, String file, long address) {
      return script(chip, serial, "flash write_image erase %s 0x%08x bin".formatted(file, address));
    }

    @Override
    Optional<List<String>> append(Chip chip, String serial, String file, long address) {
      return Optional.of(
          script(chip, serial, "flash write_image %s 0x%08x bin".formatted(file, address)));
    }

    @Override
    List<String> reset(Chip chip, String serial) {
      return script(chip, serial, "reset run");
    }

    private List<String> script(Chip chip, String serial, String command) {
      List<String> arguments = new ArrayList<>(List.of("-f", "interface/stlink.cfg"));
      if (!serial.isEmpty()) {
        arguments.addAll(List.of("-c", "adapter serial " + serial));
      }
      arguments.addAll(List.of("-f", "target/" + chip.family() + "x.cfg"));
      arguments.addAll(List.of("-c", "init", "-c", "reset halt"));
      arguments.addAll(List.of("-c", command, "-c", "shutdown"));
      return arguments;
    }
  },

  /** STM32CubeProgrammer. */
  CUBE_PROGRAMMER("STM32_Programmer_CLI") {
    @Override
    List<String> read(Chip chip, String serial, String file, long address, int count) {
      return connected(serial, "-u", hex(address), hex(count), file);
    }

    @Override
    List<String> write(Chip chip, String serial, String file, long address) {
      return connected(serial, "-w", file, hex(address));
    }

    @Override
    Optional<List<String>> append(Chip chip, String serial, String file, long address) {
      return Optional.of(connected(serial, "--skipErase", "-w", file, hex(address)));
    }

    @Override
    List<String> reset(Chip chip, String serial) {
      return connected(serial, "-rst");
    }

    private List<String> connected(String serial, String... command) {
      List<String> arguments = new ArrayList<>(List.of("-c", "port=SWD"));
      if (!serial.isEmpty()) {
        arguments.add("sn=" + serial);
      }
      arguments.addAll(List.of(command));
      return arguments;
    }
  },

  /** The stlink project's tool, which always erases the sectors that it writes to. */
  ST_FLASH("st-flash") {
    @Override
    List<String> read(Chip chip, String serial, String file, long address, int count) {
      return connected(serial, "read", file, hex(address), hex(count));
    }

    @Override
    List<String> write(Chip chip, String serial, String file, long address) {
      return connected(serial, "write", file, hex(address));
    }

    @Override
    Optional<List<String>> append(Chip chip, String serial, String file, long address) {
      return Optional.empty();
    }

    @Override
    List<String> reset(Chip chip, String serial) {
      return connected(serial, "reset");
    }

    private List<String> connected(String serial, String... command) {
      List<String> arguments = new ArrayList<>();
      if (!serial.isEmpty()) {
        arguments.addAll(List.of("--serial", serial));
      }
      arguments.addAll(List.of(command));
      return arguments;
    }
  };

  private final String command;

  StLinkProgram(String command) {
    this.command = command;
  }

  private static String hex(long number) {
    return "0x%08x".formatted(number);
  }

  /** What it is called on the command line. */
  String command() {
    return command;
  }

  /** Copies memory to a file. */
  abstract List<String> read(Chip chip, String serial, String file, long address, int count);

  /** Erases the sectors that the file's bytes belong in, and writes these. */
  abstract List<String> write(Chip chip, String serial, String file, long address);

  /** Writes to blank flash, and erases nothing; empty where the program cannot do that. */
  abstract Optional<List<String>> append(Chip chip, String serial, String file, long address);

  /** Lets the firmware begin. */
  abstract List<String> reset(Chip chip, String serial);
}

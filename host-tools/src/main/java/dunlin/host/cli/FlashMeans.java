package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.flash.FlashFile;
import dunlin.host.flash.Flasher;
import dunlin.host.flash.FlockFlasher;
import dunlin.host.flash.StLinkFlasher;
import dunlin.host.flash.UartFlasher;
import dunlin.host.flock.Progress;
import dunlin.host.rig.Placement;
import dunlin.host.serial.SerialPortInfo;
import dunlin.host.serial.SerialPorts;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What reaches a board's flash. */
enum FlashMeans {
  /** The bootloader in the chip's ROM, over a serial port. */
  UART {
    @Override
    Flasher flasher(int baud, boolean everyByte, Progress progress) {
      return UartFlasher.at(baud, everyByte, true, progress);
    }

    @Override
    String withoutPort() {
      List<SerialPortInfo> ports = SerialPorts.list();
      throw new Misuse(
          "no --port is named",
          ports.isEmpty()
              ? "there are none: plug the board in"
              : "there are "
                  + ports.stream().map(SerialPortInfo::toString).collect(Collectors.joining(", ")));
    }
  },
  /** An ST-LINK, by OpenOCD, STM32CubeProgrammer or st-flash. */
  ST_LINK {
    @Override
    Flasher flasher(int baud, boolean everyByte, Progress progress) {
      return new StLinkFlasher(progress);
    }

    /** The only one; its virtual serial port tells how many there are. */
    @Override
    String withoutPort() {
      List<SerialPortInfo> links =
          SerialPorts.list().stream()
              .filter(port -> port.vendor().orElse(0) == STMICROELECTRONICS)
              .toList();
      if (links.size() > 1) {
        throw new Refusal(
            "there are " + links.size() + " ST-LINKs",
            "name one with --port: "
                + links.stream()
                    .map(SerialPortInfo::serialNumber)
                    .collect(Collectors.joining(" or ")));
      }
      return "";
    }
  },
  /** The nodes' own loaders, through one cable to the root: images only. */
  FLOCK {
    @Override
    Flasher flasher(int baud, boolean everyByte, Progress progress) {
      return FlockFlasher.overSerial(everyByte, progress);
    }

    @Override
    String withoutPort() {
      throw new Misuse("no --port is named", ROOT);
    }

    /** The root's, for all. */
    @Override
    List<String> ports(List<String> named, int count) {
      if (named.size() > 1) {
        throw new Misuse("--port names " + named.size() + " ports", ROOT);
      }
      return Collections.nCopies(count, named.isEmpty() ? withoutPort() : named.get(0));
    }
  },
  /** A file of what flash holds, for QEMU. */
  QEMU {
    @Override
    Flasher flasher(int baud, boolean everyByte, Progress progress) {
      return new FlashFile();
    }

    @Override
    String withoutPort() {
      throw new Misuse("no --port is named", "with --by qemu, it is the file to write");
    }
  };

  private static final int STMICROELECTRONICS = 0x0483;
  private static final String ROOT = "with --by flock, it is the root's";

  /** What writes flash by this means. */
  abstract Flasher flasher(int baud, boolean everyByte, Progress progress);

  /** The port of a single board where none is named. */
  abstract String withoutPort();

  /** The port of each of {@code count} boards. */
  List<String> ports(List<String> named, int count) {
    if (named.isEmpty() && count == 1) {
      return List.of(withoutPort());
    }
    if (named.size() != count) {
      throw new Misuse(
          "--port names " + named.size() + " ports for " + count + " boards",
          "name one for each rank, with commas, or one and its --rank");
    }
    Set<String> devices = new HashSet<>();
    for (String port : named) {
      if (!devices.add(Placement.device(port))) {
        throw new Misuse("--port names " + port + " twice", "every board has its own");
      }
    }
    return named;
  }

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A means, and the rate of its serial line.
   *
   * @param baud bits a second; of a line without one, any
   */
  record Route(FlashMeans means, int baud) {
    /** What flash takes when nothing is said. */
    static final Route DEFAULT = new Route(UART, 115_200);
  }

  static final class Converter implements ITypeConverter<Route> {
    private static final Pattern RATE = Pattern.compile("uart:([1-9][0-9]{2,7})");

    @Override
    public Route convert(String text) {
      String name = text.toLowerCase(Locale.ROOT);
      Matcher rate = RATE.matcher(name);
      if (rate.matches()) {
        return new Route(UART, Integer.parseInt(rate.group(1)));
      }
      for (FlashMeans means : values()) {
        if (means.toString().equals(name)) {
          return new Route(means, Route.DEFAULT.baud());
        }
      }
      throw new TypeConversionException(
          "'" + text + "' is not uart, uart:BAUD, st-link, flock or qemu");
    }
  }
}

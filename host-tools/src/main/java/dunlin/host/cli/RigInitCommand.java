package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import dunlin.host.doctor.Diagnosis;
import dunlin.host.doctor.LineProbe;
import dunlin.host.doctor.Observation;
import dunlin.host.flash.Bootloader;
import dunlin.host.rig.FirstRig;
import dunlin.host.rig.FoundBoard;
import dunlin.host.rig.Rig;
import dunlin.host.rig.RigFiles;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialLine;
import dunlin.host.serial.SerialPortInfo;
import dunlin.host.serial.SerialPorts;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** First rig files. */
@Command(
    name = "init",
    description = "Writes first rig files from what answers at USB serial ports.",
    footer = "Examples: dunlin rig init | dunlin rig init --nodes 2 --board nucleo-l476rg")
final class RigInitCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The rig file; rig.toml by default.")
  private Path file = Path.of("rig.toml");

  @Option(
      names = "--port",
      paramLabel = "P",
      split = ",",
      description = "Knock there, and not at every USB serial port.")
  private List<String> ports = List.of();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "How many boards there are; by default 4, or those found.")
  private int nodes;

  @Option(
      names = "--board",
      paramLabel = "B",
      converter = BoardConverter.class,
      description = "Their type; stm32f405 by default.")
  private BoardType board = BoardTypes.named(DefaultFlock.BUNDLED.board());

  @Override
  public void run() {
    Path local = RigFiles.localFile(file);
    Optional<Rig> known = Files.exists(file) ? Optional.of(RigFiles.rig(file)) : Optional.empty();
    if (known.isPresent() && Files.exists(local)) {
      throw new Refusal(
          file + " and " + local + ": are there", "change them, or name another file");
    }
    if (Files.exists(local)) {
      throw new Refusal(
          local + ": is there, but not " + file, "move it away, or name another file");
    }
    WholeFile.check(file);
    write(local, known);
  }

  private void write(Path local, Optional<Rig> known) {
    int baud = known.map(Rig::types).map(types -> types.get(0)).orElse(board).uart().baud();
    List<FoundBoard> found = ports.isEmpty() ? atUsb(baud) : atPorts(baud);
    int count =
        known
            .map(rig -> rig.boards().size())
            .orElse(nodes > 0 ? nodes : Math.max(DefaultFlock.BUNDLED.nodes(), found.size()));
    FirstRig first = FirstRig.of(count, found, known);
    Map<Path, byte[]> files = new LinkedHashMap<>();
    if (known.isEmpty()) {
      files.put(file, first.rig(board.name()).getBytes(StandardCharsets.UTF_8));
    }
    files.put(local, first.desk().getBytes(StandardCharsets.UTF_8));
    WholeFile.write(files);
    report(files, found);
  }

  private List<FoundBoard> atPorts(int baud) {
    return ports.stream().map(port -> found(port, port, baud)).toList();
  }

  /** A port is given by what stays when it is plugged in elsewhere, where it has that. */
  private List<FoundBoard> atUsb(int baud) {
    return SerialPorts.list().stream()
        .filter(port -> !port.usbId().isEmpty())
        .map(port -> found(lasting(port), port.path(), baud))
        .toList();
  }

  private static String lasting(SerialPortInfo port) {
    return port.serialNumber().isEmpty() ? port.path() : port.usbId() + ":" + port.serialNumber();
  }

  private void report(Map<Path, byte[]> files, List<FoundBoard> found) {
    PrintWriter out = spec.commandLine().getOut();
    found.forEach(each -> out.println(each.port() + ": " + each.what()));
    if (found.isEmpty()) {
      out.println("No USB serial port is there: fill in which port is which board.");
    }
    if (found.stream().anyMatch(each -> each.uid() == null)) {
      out.println("Fill in the UIDs that are not known, and see that the ranks are right.");
    }
    files.keySet().forEach(each -> out.println("wrote " + each));
  }

  private Optional<Uid> uid(SerialLine line, Observation seen) {
    if (!Diagnosis.isBootloader(seen)) {
      return Diagnosis.uid(seen);
    }
    line.set(LineSettings.of8E1(LineProbe.BOOTLOADER_BAUD));
    return Bootloader.connect(line, board).uid();
  }

  private FoundBoard found(String selector, String port, int baud) {
    try (SerialLine line = SerialPorts.open(port, LineSettings.of8N1(baud))) {
      Observation seen = LineProbe.observe(line, baud);
      return new FoundBoard(
          selector,
          Diagnosis.of(seen).what(),
          Diagnosis.rank(seen).orElse(null),
          uid(line, seen).orElse(null));
    } catch (Refusal refusal) {
      return new FoundBoard(selector, refusal.what(), null, null);
    }
  }
}

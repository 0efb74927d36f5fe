package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dunlin.host.serial.SerialPortInfo;
import dunlin.host.serial.SerialPorts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The serial ports that there are. */
@Command(
    name = "ports",
    description = "Lists this computer's serial ports.",
    footer = "Examples: dunlin ports | dunlin ports --json -")
final class PortsCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  /**
   * A port; what only USB devices have is null for others.
   *
   * @param access whether this user may open it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Port(
      String path, String usb, String serialNumber, String description, boolean access) {
    static Port of(SerialPortInfo port) {
      return new Port(
          port.path(),
          port.usbId().isEmpty() ? null : port.usbId(),
          port.serialNumber().isEmpty() ? null : port.serialNumber(),
          port.description(),
          PortAccess.granted(port.path()));
    }

    List<String> row() {
      return List.of(
          path,
          usb == null ? "" : usb,
          serialNumber == null ? "" : serialNumber,
          access ? "yes" : "no",
          description);
    }
  }

  @Override
  public void run() {
    json.check();
    List<Port> ports = SerialPorts.list().stream().map(Port::of).toList();
    json.write(Map.of("ports", ports));
    if (json.textIsWanted()) {
      print(ports, spec.commandLine().getOut());
    }
  }

  private static void print(List<Port> ports, PrintWriter out) {
    if (ports.isEmpty()) {
      out.println("There are no serial ports: plug a board in.");
      return;
    }
    Table table = new Table(5).row("port", "USB", "serial number", "access", "description");
    ports.forEach(port -> table.row(port.row()));
    table.print(out);
  }
}

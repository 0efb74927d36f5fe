package dunlin.host.cli;

import dunlin.boards.Programs;
import dunlin.boards.Refusal;
import dunlin.host.doctor.Diagnosis;
import dunlin.host.doctor.Finding;
import dunlin.host.doctor.LineProbe;
import dunlin.host.doctor.Tools;
import dunlin.host.plan.LinkKind;
import dunlin.host.rig.Desk;
import dunlin.host.rig.Rig;
import dunlin.host.rig.RigFiles;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialLine;
import dunlin.host.serial.SerialPortInfo;
import dunlin.host.serial.SerialPorts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is missing or wrong on this desk; nothing is sent to a port that nobody named. */
@Command(
    name = "doctor",
    description = "Looks for what is missing or wired wrongly, and says what to do.",
    footer = "Examples: dunlin doctor --port ttyACM0 | dunlin doctor --rig rig.toml")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rig",
      paramLabel = "FILE",
      description = "Try the ports that this rig's local file names.")
  private Path rigFile;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Try a port: path, VID:PID or serial number.")
  private String port;

  @Option(
      names = "--baud",
      paramLabel = "B",
      converter = CountConverter.class,
      description = "At what rate its node talks; 3000000 by default.")
  private int baud = 3_000_000;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    json.check();
    List<Finding> findings = new ArrayList<>(Tools.check(Programs::installed));
    SerialPorts.list().forEach(each -> findings.add(access(each)));
    if (port != null) {
      findings.add(knock(port, baud));
    }
    if (rigFile != null) {
      findings.addAll(ofRig());
    }
    json.write(Map.of("findings", findings));
    if (json.textIsWanted()) {
      print(findings, spec.commandLine().getOut());
    }
    boolean isGood = findings.stream().noneMatch(each -> each.state() == Finding.State.WRONG);
    return isGood ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private List<Finding> ofRig() {
    Rig rig = RigFiles.rig(rigFile);
    Desk desk = RigFiles.desk(rigFile, rig);
    List<Finding> findings = new ArrayList<>();
    if (rig.host() == LinkKind.UART && desk.port(0).isEmpty()) {
      findings.add(
          new Finding(
              RigFiles.localFile(rigFile).toString(),
              Finding.State.WRONG,
              "names no port of rank 0, the host's",
              "connect that board and type: dunlin rig init, or add its port"));
    }
    desk.ports()
        .forEach(
            each -> findings.add(knock(each.port(), rig.types().get(each.rank()).uart().baud())));
    return findings;
  }

  private static Finding access(SerialPortInfo port) {
    return PortAccess.granted(port.path())
        ? new Finding(port.path(), Finding.State.GOOD, "may be opened", null)
        : new Finding(
            port.path(),
            Finding.State.WRONG,
            "may not be opened",
            "type: sudo usermod -aG dialout $USER, and log in anew");
  }

  private static Finding knock(String port, int baud) {
    try (SerialLine line = SerialPorts.open(port, LineSettings.of8N1(baud))) {
      return Diagnosis.of(LineProbe.observe(line, baud));
    } catch (Refusal refusal) {
      return new Finding(port, Finding.State.WRONG, refusal.what(), refusal.remedy());
    }
  }

  private static void print(List<Finding> findings, PrintWriter out) {
    Table table = new Table(3);
    for (Finding each : findings) {
      String state = each.state().name().toLowerCase(Locale.ROOT);
      table.row(each.subject(), state, each.what());
      if (each.remedy() != null) {
        table.row("", "", "→ " + each.remedy());
      }
    }
    table.print(out);
  }
}

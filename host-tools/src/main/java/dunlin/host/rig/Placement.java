package dunlin.host.rig;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import dunlin.host.serial.SerialPortInfo;
import dunlin.host.serial.SerialPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which board is where: rank, microcontroller and port, bound to each other.
 *
 * @param rank its node's
 * @param type its type
 * @param uid its microcontroller; null where the rig file does not say
 * @param port path of its serial port
 */
public record Placement(int rank, BoardType type, Uid uid, String port) {

  /**
   * The boards whose ports the local file names, by rank.
   *
   * @param file of the rig
   * @param ports of this computer
   * @throws Refusal if a name means no port or several, or two names mean one port
   */
  public static List<Placement> of(Path file, List<SerialPortInfo> ports) {
    Rig rig = RigFiles.rig(file);
    Map<String, Placement> byPort = new LinkedHashMap<>();
    RigFiles.desk(file, rig).ports().stream()
        .sorted(Comparator.comparingInt(Desk.BoardPort::rank))
        .map(each -> of(rig, each.rank(), path(ports, each.port())))
        .forEach(each -> refuseTwice(file, byPort.put(device(each.port()), each), each));
    return List.copyOf(byPort.values());
  }

  private static Placement of(Rig rig, int rank, String port) {
    return new Placement(rank, rig.types().get(rank), rig.boards().get(rank).uid(), port);
  }

  /** What is a path already need not be in the list: a link, or a pseudo-terminal. */
  private static String path(List<SerialPortInfo> ports, String selector) {
    return selector.startsWith("/") ? selector : SerialPorts.choose(ports, selector).path();
  }

  /** What a path leads to: two names may mean one port. */
  public static String device(String port) {
    try {
      return Path.of(port).toRealPath().toString();
    } catch (IOException e) {
      return port; // which is not plugged in, and refused when it is opened
    }
  }

  private static void refuseTwice(Path file, Placement before, Placement board) {
    if (before != null) {
      throw new Refusal(
          "%s: ranks %d and %d are both at %s"
              .formatted(RigFiles.localFile(file), before.rank(), board.rank(), board.port()),
          "give each board its own port");
    }
  }
}

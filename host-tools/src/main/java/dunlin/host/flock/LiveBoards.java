package dunlin.host.flock;

import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.rig.HostCable;
import dunlin.host.rig.Rig;
import dunlin.host.rig.RigFiles;
import dunlin.host.rig.RigRoster;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.DeskFlock;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Meter;
import dunlin.host.run.NodeIdentity;
import dunlin.host.run.QemuFlock;
import dunlin.host.run.Roster;
import java.nio.file.Path;
import java.util.List;

/**
 * Boards that are powered up, have said who they are, and hold one plan: what any flock stands on.
 */
public final class LiveBoards implements AutoCloseable {
  private final Console console;
  private final Meter meter;
  private final Coordinator coordinator;
  private final List<NodeIdentity> nodes;
  private final Runnable end;

  private LiveBoards(
      Plan plan, List<NodeImage> images, Console console, Meter meter, Runnable end) {
    this.console = console;
    this.meter = meter;
    this.end = end;
    coordinator = new Coordinator(console);
    coordinator.hello();
    nodes = coordinator.flock();
    Roster.check(plan, images, nodes);
  }

  /** Emulated boards with these images of {@code plan}, by rank. */
  public static LiveBoards emulate(Plan plan, List<NodeImage> images) {
    EmulatedFlock boards = new EmulatedFlock(plan, images);
    return over(plan, images, boards, boards);
  }

  /**
   * Boards on QEMU with firmware that is built for them, which takes some seconds for each type of
   * board.
   *
   * @param images by rank
   * @throws dunlin.boards.Refusal if QEMU or the compiler is not there, or has no such board
   */
  public static LiveBoards onQemu(Plan plan, List<NodeImage> images, Progress progress) {
    QemuFlock.check(plan);
    try (BuiltFirmware firmware = BuiltFirmware.of(plan, progress)) {
      QemuFlock boards = new QemuFlock(plan, images, firmware::elf);
      try {
        return new LiveBoards(plan, images, boards, boards, boards::close);
      } catch (RuntimeException e) {
        boards.close();
        throw e;
      }
    }
  }

  /**
   * Boards on the desk, flashed before.
   *
   * @param images of {@code plan} that they should hold, by rank
   * @param rigFile what the boards are; beside it lies the file that says which port is which
   * @throws dunlin.boards.Refusal if the files are wrong, the root is not at its port, a node is
   *     missing, or a board is not the one that the rig file has at its rank
   */
  public static LiveBoards onDesk(Plan plan, List<NodeImage> images, Path rigFile) {
    Rig rig = RigFiles.rig(rigFile);
    DeskFlock desk = new DeskFlock(HostCable.open(rigFile, rig), plan);
    try {
      LiveBoards boards = new LiveBoards(plan, images, desk, desk, desk::close);
      RigRoster.check(rig, boards.nodes);
      return boards;
    } catch (RuntimeException e) {
      desk.close();
      throw e;
    }
  }

  /**
   * Boards that are there, whatever they are.
   *
   * @param images of {@code plan} that they should hold, by rank
   * @param console the link to the root
   * @param meter what time and traffic are measured with
   * @throws dunlin.boards.Refusal if a node is missing, has a bad image, or another plan's
   */
  public static LiveBoards over(Plan plan, List<NodeImage> images, Console console, Meter meter) {
    return new LiveBoards(plan, images, console, meter, () -> {});
  }

  /** What the nodes say of themselves, by rank. */
  public List<NodeIdentity> nodes() {
    return nodes;
  }

  /** What the root says of itself. */
  public NodeIdentity root() {
    return nodes.get(0);
  }

  Coordinator coordinator() {
    return coordinator;
  }

  Console console() {
    return console;
  }

  Meter meter() {
    return meter;
  }

  /** Powers the boards down. */
  @Override
  public void close() {
    end.run();
  }
}

package dunlin.host.run;

import dunlin.boards.BoardType;
import dunlin.boards.aot.Symbols;
import dunlin.boards.qemu.HostLine;
import dunlin.boards.qemu.QemuBoard;
import dunlin.boards.qemu.QemuBoards;
import dunlin.hal.Port;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Wiring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Boards on QEMU, wired as a plan says, each with its firmware and its image in flash; the root has
 * the host.
 */
public final class QemuFlock implements Console, Meter {
  /** Time of a wait: many boards share few cores. */
  private static final int PATIENCE_MILLIS = 60_000 / HostLink.WAITS;

  private final QemuBoards flock = new QemuBoards();
  private final List<QemuBoard> boards;
  private final HostLine console;

  /**
   * Powers up the plan's boards.
   *
   * @param images by rank
   * @param firmware the ELF file for a type of board
   */
  public QemuFlock(Plan plan, List<NodeImage> images, Function<BoardType, Path> firmware) {
    try {
      boards = wired(flock, plan, images, firmware);
      console = boards.get(0).host(0);
      flock.start();
    } catch (RuntimeException e) {
      flock.close();
      throw e;
    }
  }

  /** Refuses a plan that QEMU's boards cannot follow, before firmware is built for it. */
  public static void check(Plan plan) {
    for (int rank = 0; rank < plan.members().size(); rank++) {
      QemuBoards.check(plan.members().get(rank).board(), uarts(plan.wiring(), rank));
    }
  }

  /** A node without neighbours still has the host. */
  private static int uarts(Wiring wiring, int rank) {
    return Math.max(1, wiring.endPort(rank));
  }

  /** The plan's boards, added to {@code flock} and wired to each other. */
  static List<QemuBoard> wired(
      QemuBoards flock, Plan plan, List<NodeImage> images, Function<BoardType, Path> firmware) {
    Wiring wiring = plan.wiring();
    List<QemuBoard> boards = new ArrayList<>();
    for (int rank = 0; rank < images.size(); rank++) {
      BoardType type = plan.members().get(rank).board();
      byte[] image = images.get(rank).bytes();
      boards.add(flock.add(type, firmware.apply(type), image, uarts(wiring, rank)));
    }
    for (int rank = 1; rank < images.size(); rank++) {
      int parent = wiring.parent(rank);
      boards
          .get(parent)
          .wire(wiring.childPort(parent, rank), boards.get(rank), wiring.parentPort(rank));
    }
    return boards;
  }

  @Override
  public Port port() {
    return console;
  }

  @Override
  public boolean await(int bytes) {
    boolean arrived = console.await(bytes, PATIENCE_MILLIS);
    console.takeTrap(); // the board has it too, for state()
    return arrived;
  }

  @Override
  public String state() {
    return IntStream.range(0, boards.size())
        .mapToObj(rank -> "node " + rank + ": " + state(boards.get(rank)))
        .collect(Collectors.joining(", "));
  }

  private static String state(QemuBoard board) {
    Symbols symbols = new Symbols(board.firmware());
    return board.trap().map(trap -> "stopped by " + trap.describe(symbols::at)).orElse("no trap");
  }

  /** By this computer's clock: QEMU has no other. */
  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public long wireBytes() {
    return console.total() + boards.stream().mapToLong(QemuBoard::bytesToAll).sum();
  }

  /** The board of a rank. */
  public QemuBoard board(int rank) {
    return boards.get(rank);
  }

  @Override
  public void close() {
    flock.close();
  }
}

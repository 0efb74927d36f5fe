package dunlin.host.run;

import dunlin.boards.BoardType;
import dunlin.boards.qemu.QemuBoard;
import dunlin.boards.qemu.QemuBoards;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Boards on QEMU that stand for boards on the desk: their root is at a pseudo-terminal, as if it
 * were at the end of a USB cable. Closing it pulls the cable, and ends every process.
 */
public final class QemuDesk implements AutoCloseable {
  private final QemuBoards flock = new QemuBoards();
  private final QemuBoard root;

  /**
   * Powers up the plan's boards.
   *
   * @param images by rank
   * @param firmware the ELF file for a type of board
   */
  public QemuDesk(Plan plan, List<NodeImage> images, Function<BoardType, Path> firmware) {
    try {
      root = QemuFlock.wired(flock, plan, images, firmware).get(0);
      root.offerTerminal();
      flock.start();
    } catch (RuntimeException e) {
      flock.close();
      throw e;
    }
  }

  /** The root's port. */
  public Path terminal() {
    return root.terminal();
  }

  @Override
  public void close() {
    flock.close();
  }
}

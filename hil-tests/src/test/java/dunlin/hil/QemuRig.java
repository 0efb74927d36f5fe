package dunlin.hil;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.boards.BoardType;
import dunlin.boards.aot.Firmware;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.qemu.QemuBoard;
import dunlin.boards.qemu.QemuBoards;
import dunlin.firmware.NodeFirmware;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.run.QemuDesk;
import dunlin.host.run.QemuFlock;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Boards on QEMU for a test, which ends them: {@link ExtendWith} this. A program is built once for
 * each type of board.
 */
final class QemuRig implements AfterEachCallback {
  private static final Map<Path, Firmware> BUILT = new ConcurrentHashMap<>();
  private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

  /** Powers up a flock; skips the test where QEMU or the compiler is missing. */
  static QemuFlock boot(Plan plan, List<NodeImage> images) {
    assumeQemu();
    QemuFlock flock = new QemuFlock(plan, images, board -> firmware(board).elf());
    RUNNING.push(flock);
    return flock;
  }

  /** Powers up a flock whose root is at a pseudo-terminal. */
  static QemuDesk desk(Plan plan, List<NodeImage> images) {
    assumeQemu();
    QemuDesk desk = new QemuDesk(plan, images, board -> firmware(board).elf());
    RUNNING.push(desk);
    return desk;
  }

  /** Powers up a board that runs another program, with the host at UART 0. */
  static QemuBoard boot(
      BoardType type, Class<? extends dunlin.hal.Firmware> program, byte[] image) {
    assumeQemu();
    QemuBoards boards = new QemuBoards();
    RUNNING.push(boards);
    QemuBoard board = boards.add(type, firmware(type, program).elf(), image, 1);
    boards.start();
    return board;
  }

  /** The node firmware for a type of board; skips the test where the compiler is missing. */
  static Firmware firmware(BoardType type) {
    return firmware(type, NodeFirmware.class);
  }

  private static Firmware firmware(BoardType type, Class<? extends dunlin.hal.Firmware> program) {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    Path folder = Path.of("target", "firmware", program.getSimpleName(), type.name());
    return BUILT.computeIfAbsent(folder, to -> FirmwareBuild.build(type, program, to));
  }

  /** Has something closed when the test ends. */
  static <T extends AutoCloseable> T closedAfterwards(T opened) {
    RUNNING.push(opened);
    return opened;
  }

  private static void assumeQemu() {
    assumeTrue(QemuBoards.installed(), "rig qemu: sudo apt install qemu-system-arm");
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    while (!RUNNING.isEmpty()) {
      RUNNING.pop().close();
    }
  }
}

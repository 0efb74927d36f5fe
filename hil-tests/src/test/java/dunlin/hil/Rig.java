package dunlin.hil;

import static org.junit.jupiter.api.Assumptions.abort;

import dunlin.boards.BoardType;
import dunlin.host.compile.NodeImage;
import dunlin.host.run.Console;
import dunlin.host.run.EmulatedNode;

/** Where the suite runs. */
enum Rig {
  /** Boards of the emulated HAL. */
  EMULATED {
    @Override
    Console connect(BoardType board, NodeImage image) {
      return new EmulatedNode(board, image);
    }
  },
  /** Boards that QEMU emulates, with the firmware that gcc made. */
  QEMU {
    @Override
    Console connect(BoardType board, NodeImage image) {
      return abort("rig qemu: the firmware is not built for Cortex-M yet (issue 4)");
    }
  },
  /** Boards on the desk. */
  BOARDS {
    @Override
    Console connect(BoardType board, NodeImage image) {
      return abort("rig boards: there are no drivers for real boards yet (issue 6)");
    }
  };

  /** A node of type {@code board} with {@code image}; skips the test where the rig is not there. */
  abstract Console connect(BoardType board, NodeImage image);
}

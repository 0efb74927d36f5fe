package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.qemu.QemuBoards;
import java.util.List;

/** Counts the instructions of kernels on an emulated core, exactly. */
public final class KernelBench {
  private KernelBench() {}

  /**
   * Measures every kernel that fits the board.
   *
   * @param board one of {@link BoardTypes#measurable}
   */
  public static List<KernelMeasurement> measure(BoardType board) {
    QemuBoards.check(board, 0);
    try (TemporaryFolder folder = new TemporaryFolder("dunlin-bench")) {
      CallTimer timer = new CallTimer(board, folder.path());
      return KernelCases.of(board.weights()).stream()
          .filter(kernel -> timer.fits(kernel.call()))
          .map(kernel -> measurement(kernel, timer.count(kernel.call())))
          .toList();
    }
  }

  private static KernelMeasurement measurement(KernelCase kernel, CallTimer.Count count) {
    return new KernelMeasurement(
        kernel.kernel(),
        kernel.rows(),
        kernel.inputs(),
        kernel.outputs(),
        kernel.macs(),
        count.instructions(),
        count.wordsLoaded());
  }
}

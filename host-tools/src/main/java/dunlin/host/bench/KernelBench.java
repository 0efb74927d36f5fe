package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
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
    return count(board, KernelCases.of(board.weights()));
  }

  /**
   * Measures some kernels, as far as they fit the board.
   *
   * @param board one of {@link BoardTypes#measurable}
   * @param kernels their names
   */
  public static List<KernelMeasurement> measure(BoardType board, List<String> kernels) {
    List<KernelCase> cases = KernelCases.of(board.weights());
    List<String> known = cases.stream().map(KernelCase::kernel).distinct().toList();
    for (String kernel : kernels) {
      if (!known.contains(kernel)) {
        throw new Refusal(
            "there is no kernel " + kernel, "choose one of " + String.join(", ", known));
      }
    }
    return count(
        board, cases.stream().filter(kernel -> kernels.contains(kernel.kernel())).toList());
  }

  private static List<KernelMeasurement> count(BoardType board, List<KernelCase> cases) {
    QemuBoards.check(board, 0);
    CallTimer timer = new CallTimer(board);
    return cases.stream()
        .filter(kernel -> timer.fits(kernel.call()))
        .map(kernel -> measurement(kernel, timer.count(kernel.call(), Loads.COUNTED)))
        .toList();
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

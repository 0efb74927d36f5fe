package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.bench.KernelCall;
import dunlin.boards.qemu.QemuBoards;
import dunlin.boards.qemu.QemuRun;
import java.nio.file.Path;
import java.util.List;

/** Counts the instructions of kernels on an emulated core, exactly. */
public final class KernelBench {
  private final BoardType board;
  private final Path firmware;
  private final CoreTimer timer;

  private KernelBench(BoardType board, Path folder) {
    this.board = board;
    firmware = FirmwareBuild.benchmark(board, folder).elf();
    timer = CoreTimer.of(board.chip());
  }

  /**
   * Measures every kernel that fits the board.
   *
   * @param board one of {@link BoardTypes#measurable}
   */
  public static List<KernelMeasurement> measure(BoardType board) {
    QemuBoards.check(board, 0);
    try (TemporaryFolder folder = new TemporaryFolder("dunlin-bench")) {
      KernelBench bench = new KernelBench(board, folder.path());
      return KernelCases.of(board.weights()).stream()
          .filter(bench::fits)
          .map(bench::measure)
          .toList();
    }
  }

  private boolean fits(KernelCase call) {
    return call.write().length <= board.imageBytes()
        && call.image().ramBytes() <= board.ram().get(0).bytes();
  }

  private KernelMeasurement measure(KernelCase call) {
    byte[] image = call.write();
    try (QemuRun run = new QemuRun(board.chip(), firmware, image)) {
      String[] words = run.written(timer.shift()).split("\\s+", -1);
      long nothing = word(words[0]);
      long interrupt = word(words[2]) - nothing;
      long ticks = word(words[4]) - nothing - word(words[5]) * interrupt;
      verify(call, image, (int) word(words[6]));
      return new KernelMeasurement(
          call.kernel(),
          call.rows(),
          call.inputs(),
          call.outputs(),
          call.macs(),
          timer.instructions(ticks),
          run.trace().loads());
    }
  }

  /** The desktop must compute the same bits. */
  private void verify(KernelCase call, byte[] image, int checksum) {
    KernelCall desktop = new KernelCall(image, new byte[call.image().ramBytes()]);
    desktop.run();
    if (checksum != desktop.checksum()) {
      throw new IllegalStateException(call.kernel() + " computes other bits on " + board.name());
    }
  }

  private static long word(String digits) {
    return Long.parseLong(digits, 16);
  }
}

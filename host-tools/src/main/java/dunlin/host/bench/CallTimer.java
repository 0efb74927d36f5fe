package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.bench.KernelCall;
import dunlin.boards.qemu.QemuRun;
import java.nio.file.Path;

/** Counts what calls of kernels take on an emulated core, exactly. */
final class CallTimer {
  private final BoardType board;
  private final Path firmware;
  private final CoreTimer timer;

  /**
   * What a call took.
   *
   * @param instructions exact
   * @param wordsLoaded by these instructions; a load of less than a word is one; null where they
   *     are left out
   */
  record Count(long instructions, Long wordsLoaded) {}

  /** A timer for a board's core. */
  CallTimer(BoardType board) {
    this.board = board;
    firmware = BenchFirmware.calling(board);
    timer = CoreTimer.of(board.chip());
  }

  /** Whether the board has room for a call. */
  boolean fits(Call call) {
    return call.image().length <= board.imageBytes()
        && call.ramBytes() <= board.ram().get(0).bytes();
  }

  /** Runs a call; on the desktop it must give the same bits. */
  Count count(Call call, Loads loads) {
    try (QemuRun run = new QemuRun(board.chip(), firmware, call.image())) {
      String[] written = run.written(timer.shift()).split("\\s+", -1);
      long nothing = word(written[0]);
      long interrupt = word(written[2]) - nothing;
      long ticks = word(written[4]) - nothing - word(written[5]) * interrupt;
      verify(call, (int) word(written[6]));
      Long words = loads == Loads.COUNTED ? run.trace().loads() : null;
      return new Count(timer.instructions(ticks), words);
    }
  }

  private void verify(Call call, int checksum) {
    KernelCall desktop = new KernelCall(call.image(), new byte[call.ramBytes()]);
    desktop.run();
    if (checksum != desktop.checksum()) {
      throw new IllegalStateException(call.name() + " computes other bits on " + board.name());
    }
  }

  private static long word(String digits) {
    return Long.parseLong(digits, 16);
  }

  /**
   * A call to be counted.
   *
   * @param name for messages
   * @param image as {@link CallImage} writes it
   * @param ramBytes that it asks for
   */
  record Call(String name, byte[] image, int ramBytes) {}
}

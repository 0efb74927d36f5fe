package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.qemu.QemuBoards;
import java.util.List;
import java.util.stream.Stream;

/** Counts the instructions of an encoder's attention on an emulated core, exactly. */
public final class AttentionBench {
  private final CallTimer timer;
  private final int layout;

  private AttentionBench(CallTimer timer, int layout) {
    this.timer = timer;
    this.layout = layout;
  }

  /**
   * Measures the layers of {@link AttentionShape#PUBLISHED}, with separate and with fused weights,
   * as far as the board has room.
   *
   * @param board one of {@link BoardTypes#measurable}
   * @param tiles whether to measure more tiles than two rows of a head, and all rows of all heads
   */
  public static List<AttentionMeasurement> measure(BoardType board, boolean tiles) {
    QemuBoards.check(board, 0);
    try (TemporaryFolder folder = new TemporaryFolder("dunlin-bench")) {
      CallTimer timer = new CallTimer(board, folder.path());
      AttentionBench bench = new AttentionBench(timer, board.weights().layout());
      return AttentionShape.PUBLISHED.stream()
          .flatMap(
              shape ->
                  (tiles ? AttentionTile.all(shape) : AttentionTile.ends(shape))
                      .stream().flatMap(tile -> bench.measure(shape, tile)))
          .toList();
    }
  }

  /** Nothing, where it does not fit. */
  private Stream<AttentionMeasurement> measure(AttentionShape shape, AttentionTile tile) {
    CallTimer.Call call = new AttentionCases(layout).call(shape, tile);
    if (!timer.fits(call)) {
      return Stream.empty();
    }
    CallTimer.Count count = timer.count(call);
    return Stream.of(
        new AttentionMeasurement(
            shape,
            tile.fused(),
            tile.heads(),
            tile.rows(),
            tile.scratchBytes(shape, layout),
            count.instructions(),
            count.wordsLoaded()));
  }
}

package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.qemu.QemuBoards;
import java.util.List;
import java.util.stream.Stream;

/** Counts the instructions of an encoder's attention on an emulated core, exactly. */
public final class AttentionBench {
  private final CallTimer timer;
  private final int layout;
  private final Loads loads;

  private AttentionBench(CallTimer timer, int layout, Loads loads) {
    this.timer = timer;
    this.layout = layout;
    this.loads = loads;
  }

  /**
   * Measures layers with separate and with fused weights, as far as the board has room.
   *
   * @param board one of {@link BoardTypes#measurable}
   * @param shapes the layers, such as {@link AttentionShape#PUBLISHED}
   * @param tiles whether to measure more tiles than two rows of a head, and all rows of all heads
   */
  public static List<AttentionMeasurement> measure(
      BoardType board, List<AttentionShape> shapes, boolean tiles, Loads loads) {
    QemuBoards.check(board, 0);
    AttentionBench bench =
        new AttentionBench(new CallTimer(board), board.weights().layout(), loads);
    return shapes.stream()
        .flatMap(
            shape ->
                (tiles ? AttentionTile.all(shape) : AttentionTile.ends(shape))
                    .stream().flatMap(tile -> bench.measure(shape, tile)))
        .toList();
  }

  /** Nothing, where it does not fit. */
  private Stream<AttentionMeasurement> measure(AttentionShape shape, AttentionTile tile) {
    CallTimer.Call call = new AttentionCases(layout).call(shape, tile);
    if (!timer.fits(call)) {
      return Stream.empty();
    }
    CallTimer.Count count = timer.count(call, loads);
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

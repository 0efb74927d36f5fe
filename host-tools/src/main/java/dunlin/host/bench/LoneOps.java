package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.host.compile.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Ops that the programs of no {@link Specimen} have, each called by itself. */
final class LoneOps {
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 16),
          new Shape(1, 128),
          new Shape(2, 512),
          new Shape(3, 40),
          new Shape(7, 33),
          new Shape(8, 128),
          new Shape(16, 24));

  private record Shape(int rows, int width) {}

  private LoneOps() {}

  /** What they take on a board's core. */
  static List<CostSample> samples(BoardType board) {
    TextOps ops = new TextOps(board.weights().layout());
    CallTimer timer = new CallTimer(board);
    return SHAPES.stream()
        .flatMap(
            shape ->
                Stream.of(
                    sample("no_norm", ops.noNorm(shape.rows, shape.width), timer),
                    sample("embed-onto", ops.embedding(shape.rows, shape.width), timer),
                    sample("embed-fetched-onto", ops.fetched(shape.rows, shape.width), timer)))
        .toList();
  }

  /** Without a step of a node's machine. */
  private static CostSample sample(String op, KernelCase kernel, CallTimer timer) {
    long rows = kernel.rows();
    Map<Quantity, Long> counts =
        Map.of(Quantity.CALL, 1L, Quantity.ROW, rows, Quantity.CHANNEL, rows * kernel.outputs());
    return new CostSample(
        op, counts, 0, 0, timer.count(kernel.call(), Loads.LEFT_OUT).instructions());
  }
}

package dunlin.host.plan;

import dunlin.boards.BoardType;
import dunlin.boards.Performance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What each board of a flock should hold, where the user does not say: as much as it is fast, so
 * that all finish together, and no more than its flash has room for.
 */
public final class Shares {
  /** Of the room for an image, what weights may fill; programs and tables take the rest. */
  private static final double FOR_WEIGHTS = 0.85;

  private Shares() {}

  /**
   * A share of {@code bytes} for each board; equal ones where it is not known how fast they are.
   */
  public static double[] of(List<BoardType> boards, long bytes) {
    boolean known = boards.stream().map(BoardType::performance).allMatch(Objects::nonNull);
    return of(boards, boards.stream().mapToDouble(b -> known ? speed(b) : 1).toArray(), bytes);
  }

  /**
   * A share of {@code bytes} for each board.
   *
   * @param rates what boards should hold in proportion, as far as there is room
   */
  public static double[] of(List<BoardType> boards, double[] rates, long bytes) {
    double[] rooms = boards.stream().mapToDouble(b -> b.imageBytes() * FOR_WEIGHTS).toArray();
    double time = time(rooms, rates, bytes);
    return IntStream.range(0, rooms.length)
        .mapToDouble(i -> Math.min(rooms[i], rates[i] * time))
        .toArray();
  }

  /** How many times its rate each board takes, where those that are full take no more. */
  private static double time(double[] rooms, double[] rates, long bytes) {
    List<Integer> fullFirst =
        IntStream.range(0, rooms.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> rooms[i] / rates[i]))
            .toList();
    double left = bytes;
    double rate = Arrays.stream(rates).sum();
    for (int i : fullFirst) {
      if (left / rate <= rooms[i] / rates[i]) {
        return left / rate;
      }
      left -= rooms[i];
      rate -= rates[i];
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Multiply-accumulates a second. */
  private static double speed(BoardType board) {
    Performance performance = board.performance();
    return performance.hertz() / performance.cyclesPerInstruction() / instructions(board.weights());
  }

  /** For a multiply-accumulate of a linear layer: docs/performance.md. */
  private static double instructions(BoardType.Weights weights) {
    return switch (weights) {
      case PLAIN -> 2.81;
      case PACKED -> 1.42;
      case HELIUM -> 0.21;
    };
  }
}

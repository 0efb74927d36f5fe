package dunlin.host.plan;

import dunlin.boards.BoardType;
import java.util.Arrays;
import java.util.List;

/**
 * What each board of a mixed flock should hold, where the user does not say: as equal shares as the
 * flash of the smaller ones allows.
 */
final class Shares {
  /** Of the room for an image, what weights may fill; programs and tables take the rest. */
  private static final double FOR_WEIGHTS = 0.85;

  private Shares() {}

  /** A share of {@code bytes} for each board. */
  static double[] of(List<BoardType> boards, long bytes) {
    double[] rooms = boards.stream().mapToDouble(b -> b.imageBytes() * FOR_WEIGHTS).toArray();
    if (Arrays.stream(rooms).sum() < bytes) {
      return rooms;
    }
    double level = level(rooms, bytes);
    return Arrays.stream(rooms).map(room -> Math.min(room, level)).toArray();
  }

  /** How full boards must be, at most, so that together they hold {@code bytes}. */
  private static double level(double[] rooms, long bytes) {
    double[] rising = rooms.clone();
    Arrays.sort(rising);
    double left = bytes;
    for (int i = 0; i < rising.length; i++) {
      double equal = left / (rising.length - i);
      if (equal <= rising[i]) {
        return equal;
      }
      left -= rising[i];
    }
    return rising[rising.length - 1];
  }
}

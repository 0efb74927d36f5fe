package dunlin.host.answer;

import java.util.ArrayList;
import java.util.List;

/** How a text that is too long is read: in windows that overlap. */
final class Windows {
  private Windows() {}

  /**
   * Pieces {@code from} to {@code to}, the latter not included.
   *
   * @param from the first
   * @param to one behind the last
   */
  record Window(int from, int to) {}

  /**
   * Windows over all pieces.
   *
   * @param pieces of the text, at least one
   * @param room pieces of a window, at least one
   * @param stride from a window's first piece to the next one's; at most {@code room} counts, so
   *     that none is left out
   */
  static List<Window> over(int pieces, int room, int stride) {
    List<Window> windows = new ArrayList<>();
    for (int from = 0; ; from += Math.min(stride, room)) {
      windows.add(new Window(from, Math.min(from + room, pieces)));
      if (from + room >= pieces) {
        return windows;
      }
    }
  }
}

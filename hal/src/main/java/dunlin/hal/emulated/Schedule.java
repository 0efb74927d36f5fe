package dunlin.hal.emulated;

import dunlin.hal.Wake;
import java.util.Arrays;

/**
 * Virtual time, and when each board is to be stepped next. A tournament tree: changing one board's
 * time costs log2(boards) comparisons and no allocation (java.util.PriorityQueue would search for
 * the entry, or keep every outdated timeout until it passes).
 */
final class Schedule {
  private long now;
  private int boards;
  private long[] due = {Wake.NEVER};

  /** Nodes 1 to size - 1: the board that is due first below; children of n are 2n and 2n + 1. */
  private int[] winner = {0};

  long now() {
    return now;
  }

  void advance(long time) {
    now = Math.max(now, time);
  }

  /** A new board, due now; returns its number. */
  int add() {
    int board = boards++;
    if (board == due.length) {
      due = Arrays.copyOf(due, 2 * board);
      Arrays.fill(due, board, due.length, Wake.NEVER);
      winner = new int[due.length];
      for (int node = due.length - 1; node > 0; node--) {
        play(node);
      }
    }
    set(board, now);
    return board;
  }

  /** The board is due at {@code time}, or now where that has passed. */
  void set(int board, long time) {
    due[board] = Math.max(now, time);
    for (int node = (due.length + board) / 2; node > 0; node /= 2) {
      play(node);
    }
  }

  /** The board that is due first; of several, the one with the lowest number. */
  int first() {
    return due.length == 1 ? 0 : winner[1];
  }

  /** When {@link #first} is due; {@link Wake#NEVER} where none is. */
  long firstDue() {
    return due[first()];
  }

  private void play(int node) {
    int left = contestant(2 * node);
    int right = contestant(2 * node + 1);
    winner[node] = due[right] < due[left] ? right : left;
  }

  private int contestant(int node) {
    return node < due.length ? winner[node] : node - due.length;
  }
}

package dunlin.host.bench;

import dunlin.boards.bench.Laps;
import java.util.List;

/**
 * A stretch of a replay.
 *
 * @param purpose number of an op, or a constant of {@link Laps}
 * @param instructions exact
 */
record Lap(int purpose, long instructions) {
  /**
   * Reads what {@link Laps} wrote: purpose, ticks and timer interrupts of each, hexadecimal. The
   * first three calibrate. Each count is rounded by itself: differences would add up what each is
   * off by.
   */
  static List<Lap> read(List<String> lines, CoreTimer timer) {
    long[][] words = lines.stream().map(Lap::words).toArray(long[][]::new);
    long interrupt = timer.instructions(words[1][1]) - timer.instructions(words[0][1]);
    long ends = timer.instructions(words[2][1]);
    return List.of(words).subList(3, words.length).stream()
        .map(w -> new Lap((int) w[0], timer.instructions(w[1]) - ends - w[2] * interrupt))
        .toList();
  }

  /** This lap in a program of so many ops: behind the last one, it sends that one's result. */
  Lap within(int ops) {
    return purpose < ops ? this : new Lap(ops - 1, instructions);
  }

  /** Instructions of all laps of a purpose. */
  static long sum(List<Lap> laps, int purpose) {
    return laps.stream().filter(l -> l.purpose() == purpose).mapToLong(Lap::instructions).sum();
  }

  private static long[] words(String line) {
    return List.of(line.split(" ", -1)).stream().mapToLong(w -> Long.parseLong(w, 16)).toArray();
  }
}

package dunlin.host.forecast;

import dunlin.boards.OffChip;
import dunlin.boards.Performance;

/**
 * What work takes, in microjoules, by where it goes.
 *
 * @param compute cores that compute, or are busy with bytes of links
 * @param offChip weights from off the chip
 * @param onChip weights from memory on the chip to where they are computed with
 * @param link bytes sent
 * @param idle cores that wait
 */
public record Energy(double compute, double offChip, double onChip, double link, double idle) {
  /** None. */
  static final Energy NONE = new Energy(0, 0, 0, 0, 0);

  /** Nanoseconds times milliwatts, and picojoules. */
  private static final double MICRO = 1e-6;

  /**
   * Of a board.
   *
   * @param busyNanos in which its cores work
   * @param idleNanos in which they wait
   * @param weights bytes of weights that ops read
   * @param streamed bytes of them that were fetched from off the chip
   * @param sentBits over links, start and stop bits included
   */
  static Energy of(
      Performance board,
      long busyNanos,
      long idleNanos,
      long weights,
      long streamed,
      long sentBits) {
    OffChip memory = board.offChip();
    return new Energy(
        MICRO * board.activeMilliwatts() * busyNanos,
        memory == null ? 0 : MICRO * memory.picojoules() * streamed,
        MICRO * board.weightPicojoules() * weights,
        MICRO * board.bitPicojoules() * sentBits,
        MICRO * board.idleMilliwatts() * idleNanos);
  }

  /** This and more. */
  Energy plus(Energy other) {
    return new Energy(
        compute + other.compute,
        offChip + other.offChip,
        onChip + other.onChip,
        link + other.link,
        idle + other.idle);
  }

  /** All of it. */
  public double total() {
    return compute + offChip + onChip + link + idle;
  }
}

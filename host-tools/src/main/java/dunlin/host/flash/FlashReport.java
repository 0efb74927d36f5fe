package dunlin.host.flash;

import dunlin.boards.Uid;

/**
 * What was done to a board's flash, and how long it took by the clock of what led there.
 *
 * @param uid of its microcontroller; null where that could not be read
 * @param alreadyThere bytes that the board had already; with those that were written, all
 * @param compare bytes read to find out what differs
 * @param erase bytes of the sectors that were erased
 * @param write bytes written
 * @param readBack bytes written, or left blank by an erase, that were read and compared
 * @param started whether the board runs what was flashed
 */
public record FlashReport(
    Uid uid,
    long alreadyThere,
    Pace compare,
    Pace erase,
    Pace write,
    Pace readBack,
    boolean started) {

  /** Of a board that has not been started. */
  FlashReport(Uid uid, long alreadyThere, Pace compare, Pace erase, Pace write, Pace readBack) {
    this(uid, alreadyThere, compare, erase, write, readBack, false);
  }

  /** The same, and the board runs. */
  FlashReport andStarted() {
    return new FlashReport(uid, alreadyThere, compare, erase, write, readBack, true);
  }

  /** How many bytes, and how long they took. */
  public record Pace(long bytes, long nanoseconds) {
    static final Pace NONE = new Pace(0, 0);

    Pace plus(Pace other) {
      return new Pace(bytes + other.bytes, nanoseconds + other.nanoseconds);
    }

    /** Bytes a second; 0 where there were none. */
    public double rate() {
      return bytes == 0 ? 0 : bytes * 1e9 / nanoseconds;
    }
  }
}

package dunlin.host.flash;

/** Writes a board's flash, by some means. */
public interface Flasher {
  /**
   * Writes what differs, and reads it back. An interruption at any time leaves a board that runs
   * nothing, or a node without an image; starting again goes on from there.
   *
   * @throws dunlin.boards.Refusal if the board is not there, is another one, or does not keep what
   *     is written
   */
  FlashReport flash(FlashJob job);

  /**
   * Compares every byte, and writes none.
   *
   * @throws dunlin.boards.Refusal as above, and where a byte differs
   */
  FlashReport verify(FlashJob job);
}

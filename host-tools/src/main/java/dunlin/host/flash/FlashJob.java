package dunlin.host.flash;

import dunlin.boards.BoardType;
import dunlin.boards.Chip;
import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import java.util.List;

/**
 * What belongs into the flash of one board.
 *
 * @param rank of its node
 * @param board its type
 * @param port where it is: what that names is the {@link Flasher}'s affair
 * @param uid of its microcontroller; null where any board of the type will do
 * @param segments in the order of their addresses
 */
public record FlashJob(int rank, BoardType board, String port, Uid uid, List<Segment> segments) {

  /** Keeps a copy of the list. */
  public FlashJob {
    segments = List.copyOf(segments);
  }

  /**
   * A firmware and an image, each where the board's type has it.
   *
   * @throws Refusal if there is no flash to write, or it is too small
   */
  public static FlashJob of(
      int rank, BoardType board, String port, Uid uid, byte[] firmware, byte[] image) {
    Chip chip = board.chip();
    if (chip == null || chip.bootloader() == null && chip.qemu() == null) {
      throw new Refusal(board.name() + " has no flash that can be written", "choose another board");
    }
    Chip.Extent place = chip.firmwareFlash();
    checkFits(board, "firmware", firmware, place.bytes());
    checkFits(board, "image", image, board.imageBytes());
    return new FlashJob(
        rank,
        board,
        port,
        uid,
        List.of(Segment.firmware(place.origin(), firmware), Segment.image(place.end(), image)));
  }

  private static void checkFits(BoardType board, String what, byte[] bytes, int room) {
    if (bytes.length > room) {
      throw new Refusal(
          "%s of %,d bytes, and %s has room for %,d"
              .formatted(what, bytes.length, board.name(), room),
          "build it for this board");
    }
  }

  /**
   * Refuses a board other than the one that is meant.
   *
   * @param found its UID; null where that cannot be read
   */
  void check(Uid found) {
    if (uid != null && found == null) {
      throw new Refusal(
          port + ": the board does not show its UID, and rank " + rank + " is bound to one",
          "flash it with --by st-link, or leave the UID out of the rig file");
    }
    if (uid != null && !uid.equals(found)) {
      throw new Refusal(
          port + ": the board's UID is " + found + ", and rank " + rank + " is " + uid,
          "plug in the right board, or correct the rig file");
    }
  }

  /** Bytes of all segments. */
  long bytes() {
    return segments.stream().mapToLong(segment -> segment.bytes().length).sum();
  }
}

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
 * @param route from there to it, where that is the root of a flock through which it is reached: the
 *     ports of the boards on the way
 * @param segments in the order of their addresses
 */
public record FlashJob(
    int rank, BoardType board, String port, Uid uid, List<Integer> route, List<Segment> segments) {

  /** Keeps copies of the lists. */
  public FlashJob {
    route = List.copyOf(route);
    segments = List.copyOf(segments);
  }

  /** Of a board that is at the port itself. */
  public FlashJob(int rank, BoardType board, String port, Uid uid, List<Segment> segments) {
    this(rank, board, port, uid, List.of(), segments);
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

  /**
   * An image alone, for a board that runs its firmware.
   *
   * @param port where the root of its flock is
   * @throws Refusal if its flash is too small
   */
  public static FlashJob ofImage(
      int rank, BoardType board, String port, Uid uid, List<Integer> route, byte[] image) {
    checkFits(board, "image", image, board.imageBytes());
    long address = board.chip() == null ? 0 : board.chip().firmwareFlash().end();
    return new FlashJob(rank, board, port, uid, route, List.of(Segment.image(address, image)));
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

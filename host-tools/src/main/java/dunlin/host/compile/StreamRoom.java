package dunlin.host.compile;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import java.util.Locale;

/**
 * Room for an encoder's residual stream, int32 [S × E]: a leader holds that of a whole input in one
 * piece, and more nodes make it no smaller.
 */
final class StreamRoom {
  private StreamRoom() {}

  /** Whether the root has so large a region of RAM; a decoder's rows are few. */
  static boolean suffices(Plan plan) {
    return has(plan.members().get(0).board(), bytes(plan));
  }

  private static long bytes(Plan plan) {
    return plan.model() instanceof QuantisedEncoder model
        ? (long) Integer.BYTES * plan.context() * model.config().dim()
        : 0;
  }

  private static boolean has(BoardType board, long bytes) {
    return board.ram().stream().anyMatch(region -> region.bytes() >= bytes);
  }

  /** What to do where it does not suffice. */
  static String remedy(Plan plan) {
    long bytes = bytes(plan);
    List<String> boards =
        BoardTypes.NAMES.stream()
            .map(BoardTypes::named)
            .filter(board -> board.performance() != null && has(board, bytes))
            .map(BoardType::name)
            .toList();
    return String.format(
        Locale.ROOT,
        "%,d tokens take %,d bytes of RAM in one piece at the root, of however many nodes: %s",
        plan.context(),
        bytes,
        boards.isEmpty()
            ? "no --board that comes with Dunlin has them"
            : "choose a --board that has them, as do " + String.join(", ", boards));
  }
}

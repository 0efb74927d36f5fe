package dunlin.host.plan;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.Refusal;
import dunlin.firmware.Request;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;

/** Makes the choices that a user leaves open, and refuses those that cannot be. */
public final class Planner {
  /**
   * Enough rows to share each weight that is loaded, few enough for the buffers of small boards.
   */
  private static final int DEFAULT_CHUNK = 8;

  /** A frame's position has 16 bits. */
  private static final int LARGEST_CONTEXT = 65_535;

  private Planner() {}

  /** Plans {@code model} for boards of one type. */
  public static Plan plan(QuantisedModel model, BoardType board, PlanOptions options) {
    int trained = model.config().context();
    int context = options.context() == 0 ? Math.min(trained, LARGEST_CONTEXT) : options.context();
    if (context < 1 || context > Math.min(trained, LARGEST_CONTEXT)) {
      throw new Refusal(
          "a context of " + context + " positions",
          "choose 1 to " + Math.min(trained, LARGEST_CONTEXT) + " for " + model.name());
    }
    int chunk = options.chunk() == 0 ? Math.min(DEFAULT_CHUNK, context) : options.chunk();
    if (chunk < 1 || chunk > Math.min(Request.MAX_ROWS, context)) {
      throw new Refusal(
          "a prefill chunk of " + chunk + " rows",
          "choose 1 to " + Math.min(Request.MAX_ROWS, context));
    }
    return new Plan(
        model,
        members(model, board, options),
        options.topology(),
        context,
        chunk,
        options.inspection());
  }

  private static List<Member> members(QuantisedModel model, BoardType board, PlanOptions options) {
    int nodes = options.shares().size();
    Wiring wiring = new Wiring(options.topology(), nodes);
    for (int rank = 0; rank < nodes; rank++) {
      if (wiring.uarts(rank) > board.uart().count()) {
        throw new Refusal(
            "a "
                + options.topology()
                + " of "
                + nodes
                + " nodes takes "
                + wiring.uarts(rank)
                + " UARTs at rank "
                + rank
                + ", and "
                + board.name()
                + " has "
                + board.uart().count(),
            "choose --topology chain");
      }
    }
    if (nodes > 1 && options.inspection() == PlanOptions.Inspection.TAPS) {
      throw new Refusal("taps on " + nodes + " nodes", "look at every op on one node");
    }
    double[] shares = options.shares().stream().mapToDouble(Double::doubleValue).toArray();
    Weights weights = options.weights() == null ? board.weights() : options.weights();
    return Partitioner.partition(model.config(), shares).stream()
        .map(shard -> new Member(board, weights, shard))
        .toList();
  }
}

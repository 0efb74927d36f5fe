package dunlin.host.plan;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.firmware.Request;
import dunlin.host.quantise.QuantisedModel;

/** Makes the choices that a user leaves open, and refuses those that cannot be. */
public final class Planner {
  /**
   * Enough rows to share each weight that is loaded, few enough for the buffers of small boards.
   */
  private static final int DEFAULT_CHUNK = 8;

  /** A frame's position has 16 bits. */
  private static final int LARGEST_CONTEXT = 65_535;

  private Planner() {}

  /** Plans {@code model} for one board. */
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
        board,
        context,
        chunk,
        options.weights() == null ? board.weights() : options.weights(),
        options.inspection());
  }
}

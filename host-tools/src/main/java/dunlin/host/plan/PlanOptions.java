package dunlin.host.plan;

import dunlin.boards.BoardType.Weights;

/**
 * What a user may ask of a plan; 0 or null leaves the choice to the planner.
 *
 * @param context positions that the caches hold
 * @param chunk most rows of a prefill pass
 * @param weights layout of the weights
 * @param inspection what the program shows beside its results
 */
public record PlanOptions(int context, int chunk, Weights weights, Inspection inspection) {
  /** What a program shows beside its results; costs time and memory, never changes a bit. */
  public enum Inspection {
    /** Nothing. */
    NONE,
    /** The logits of every row, where a request asks for logits; without it of the last row. */
    ALL_LOGITS,
    /** All logits, and every intermediate. */
    TAPS
  }

  /** All left to the planner. */
  public static final PlanOptions DEFAULT = new PlanOptions(0, 0, null, Inspection.NONE);

  /** These options with another inspection. */
  public PlanOptions with(Inspection other) {
    return new PlanOptions(context, chunk, weights, other);
  }
}

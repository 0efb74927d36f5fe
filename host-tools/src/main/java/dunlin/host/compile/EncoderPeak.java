package dunlin.host.compile;

import dunlin.boards.BoardType;
import dunlin.firmware.Op;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedEncoder;

/**
 * What an encoder takes of the RAM of a node that is alone, tiled in some way (papers.md, B:
 * depth-first tiling); whether the node has so much is not asked.
 *
 * @param heads whose keys and values are in memory at a time
 * @param queryRows rows of queries, their scores and their context
 * @param hiddenRows rows of the feed-forward's hidden activations, and of a convolution's outputs
 * @param arenaBytes of all buffers, placed by their lifetimes
 * @param attentionBytes of the attention's own scratch
 */
public record EncoderPeak(
    int heads, int queryRows, int hiddenRows, long arenaBytes, long attentionBytes) {

  /** All heads and all rows at a time: layer by layer. */
  public static EncoderPeak whole(QuantisedEncoder model, BoardType board) {
    return of(model, board, Tiling.whole(model.config().context(), model.config().heads()));
  }

  /**
   * Some of them at a time.
   *
   * @param queryRows 1 to S, like {@code hiddenRows}
   */
  public static EncoderPeak tiled(
      QuantisedEncoder model, BoardType board, int heads, int queryRows, int hiddenRows) {
    return of(model, board, new Tiling(heads, queryRows, hiddenRows));
  }

  private static EncoderPeak of(QuantisedEncoder model, BoardType board, Tiling tiling) {
    Plan plan = Planner.plan(model, board, PlanOptions.DEFAULT);
    EncoderProgram program = new EncoderProgram(plan, model, 0, tiling);
    return new EncoderPeak(
        tiling.heads(),
        tiling.queries(),
        tiling.rows(),
        program.memory().bytes(),
        attentionBytes(program.program()));
  }

  private static long attentionBytes(Program program) {
    return program.steps().stream()
        .filter(op -> op.format() == OpFormat.SELF_ATTEND)
        .map(op -> (Operand.Ram) op.part(Op.SelfAttend.SCRATCH).operand())
        .mapToLong(Operand.Ram::bytes)
        .max()
        .orElse(0);
  }
}

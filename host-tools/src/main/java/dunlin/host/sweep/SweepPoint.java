package dunlin.host.sweep;

import dunlin.boards.Refusal;
import dunlin.host.compile.Layout;
import dunlin.host.forecast.Rehearsal;
import dunlin.host.forecast.UnknownTime;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;

/**
 * A flock of one type of board for a model.
 *
 * @param context tokens that the caches hold; 0 for as many as the model was trained for
 */
public record SweepPoint(SweepModel model, SweepBoard board, Wanted wanted, int context) {
  /** What tells it from other points, in this sweep and in any other. */
  SweepRow.Key key() {
    String context = this.context == 0 ? "" : " --context " + this.context;
    return new SweepRow.Key(
        model.name(),
        model.hash(),
        board.type().name(),
        board.hash(),
        "plan " + wanted.options() + context);
  }

  /** Plans it, and rehearses a token where that is known; a flock that cannot be is a row, too. */
  SweepRow row() {
    SweepRow row = SweepRow.of(key());
    try {
      PlanOptions asked = PlanOptions.DEFAULT.withContext(context);
      Wanted.Found found = wanted.plan(model.quantised(), board.type(), asked);
      return row(row.with(found), found.plan());
    } catch (Refusal cannotBe) {
      return row.remark(cannotBe.what());
    }
  }

  private SweepRow row(SweepRow row, Plan plan) {
    Layout layout = Layout.withoutRemedies(plan);
    SweepRow laidOut = row.with(layout);
    return UnknownTime.of(plan, layout)
        .map(why -> laidOut.remark(why.what()))
        .orElseGet(() -> laidOut.with(Rehearsal.typical(plan, layout).orElseThrow()));
  }
}

package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.compile.TapPoint.Form;
import dunlin.host.model.Activation;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions.Inspection;
import java.util.ArrayList;
import java.util.List;

/** Emits taps of all rows of a pass; none unless the plan asks for them. */
final class Taps {
  private final Program program;
  private final boolean wanted;
  private final int headSize;
  private final List<TapPoint> points = new ArrayList<>();

  Taps(Plan plan, Program program) {
    this.program = program;
    wanted = plan.inspection() == Inspection.TAPS;
    headSize = plan.model().config().headSize();
  }

  /** What the taps so far show, by number. */
  List<TapPoint> points() {
    return points;
  }

  /** What a step of fixed point is worth. */
  static double step(int fraction) {
    return Math.scalb(1.0, -fraction);
  }

  /** A buffer whose rows are one intermediate. */
  void tap(int layer, Activation what, Form form, Ram buffer, int count, double step) {
    part(layer, what, form, buffer, count * form.bytes(), 0, count, step);
  }

  /** {@code count} elements from {@code first} on, of rows of {@code rowBytes}. */
  void part(
      int layer,
      Activation what,
      Form form,
      Ram buffer,
      int rowBytes,
      int first,
      int count,
      double step) {
    if (!wanted) {
      return;
    }
    int number = points.size();
    points.add(new TapPoint(number, layer, what, form, rowBytes, first, count, headSize, step));
    program
        .add(OpFormat.TAP)
        .with(Op.Tap.INPUT, buffer)
        .with(Op.Tap.ROWS, Op.ALL)
        .with(Op.Tap.ROW_BYTES, rowBytes)
        .with(Op.Tap.NUMBER, number);
  }
}

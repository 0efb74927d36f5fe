package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.kernels.WeightLayout;

/**
 * A program with the same ops at the same numbers of which those that compute do nothing: each is
 * an addition of no channels. What moves between nodes is moved, so it names a part of the
 * embedding at most, and no other weights.
 */
final class SilentProgram {
  /** Rows that hold a slice's first token, whatever the layout. */
  private static final int ROWS = 16;

  private SilentProgram() {}

  static Program of(Program program) {
    Program silent = new Program();
    for (Program.Step step : program.steps()) {
      if (step.format() == OpFormat.FETCH) {
        fetch(silent.addLike(step));
      } else if (Workload.moves(step.format()) || step.format() == OpFormat.END_PREFILL) {
        silent.addLike(step);
      } else {
        nothing(silent.add(OpFormat.ADD));
      }
    }
    return silent;
  }

  private static void nothing(Program.Step add) {
    add.format().fields().forEach(field -> add.with(field.offset(), 0));
  }

  /** Embedding rows of zeros: the first ones, if there are any. */
  private static void fetch(Program.Step fetch) {
    int rows = Math.min(ROWS, fetch.number(Op.Fetch.COUNT));
    if (rows > 0) {
      int width = fetch.number(Op.Fetch.WIDTH);
      int bytes = WeightLayout.bytes(fetch.number(Op.Fetch.LAYOUT), width, rows);
      fetch.with(Op.Fetch.WEIGHTS, zeros(bytes)).with(Op.Fetch.MULTIPLIERS, zeros(4 * rows));
    }
  }

  private static Constant zeros(int bytes) {
    return Constants.bytes("zeros", new byte[bytes]);
  }
}

package dunlin.host.compile;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.host.plan.Plan;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Compiles a plan to images. */
public final class Compiler {
  private Compiler() {}

  /** The image of the plan's only node. */
  public static NodeImage compile(Plan plan) {
    LlamaProgram llama = new LlamaProgram(plan);
    MemoryMap memory;
    try {
      memory = memory(llama, plan);
    } catch (Refusal doesNotFit) {
      String what =
          "%s on %s: %s".formatted(plan.model().name(), plan.board().name(), doesNotFit.what());
      throw new Refusal(what, whatWouldFit(plan), doesNotFit);
    }
    byte[] bytes = new ImageWriter(plan, llama, memory).write();
    int room = plan.board().imageBytes();
    if (bytes.length > room) {
      throw new Refusal(
          String.format(
              Locale.ROOT,
              "%s on %s: an image of %,d bytes, %,d of them weights, does not fit the %,d bytes of"
                  + " flash that are left for it",
              plan.model().name(),
              plan.board().name(),
              bytes.length,
              plan.model().weightBytes(),
              room),
          "choose a larger --board");
    }
    return new NodeImage(bytes, memory, llama.taps());
  }

  private static MemoryMap memory(LlamaProgram llama, Plan plan) {
    return MemoryPlanner.place(llama.program(), llama.buffers().always(), plan.board().ram());
  }

  /** The largest context that fits with the plan's chunk, or else with a chunk of one row. */
  private static String whatWouldFit(Plan plan) {
    for (int chunk : new int[] {plan.chunk(), 1}) {
      int context = largest(plan.context(), c -> c >= chunk && fits(plan, c, chunk));
      if (context > 0) {
        String option = chunk == plan.chunk() ? "" : " --chunk " + chunk;
        return "--context " + context + option + " would fit";
      }
    }
    return "no context fits: choose a larger --board";
  }

  private static boolean fits(Plan plan, int context, int chunk) {
    BoardType board = plan.board();
    Plan smaller = new Plan(plan.model(), board, context, chunk, plan.weights(), plan.inspection());
    try {
      memory(new LlamaProgram(smaller), smaller);
      return true;
    } catch (Refusal doesNotFit) {
      return false;
    }
  }

  /** The largest of 1 to {@code limit} for which a falling predicate holds; 0 for none. */
  private static int largest(int limit, IntPredicate holds) {
    int good = 0;
    int bad = limit + 1;
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (holds.test(middle)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return good;
  }
}

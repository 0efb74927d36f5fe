package dunlin.host.compile;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.host.plan.Plan;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Compiles a plan to images. */
public final class Compiler {
  private Compiler() {}

  /** The images of all nodes, by rank. */
  public static List<NodeImage> compile(Plan plan) {
    return IntStream.range(0, plan.members().size()).mapToObj(rank -> compile(plan, rank)).toList();
  }

  private static NodeImage compile(Plan plan, int rank) {
    BoardType board = plan.members().get(rank).board();
    LlamaProgram llama = new LlamaProgram(plan, rank);
    MemoryMap memory;
    try {
      memory = memory(llama, board);
    } catch (Refusal doesNotFit) {
      String what =
          "%s on %s: %s".formatted(plan.model().name(), where(plan, rank), doesNotFit.what());
      throw new Refusal(what, whatWouldFit(plan, rank), doesNotFit);
    }
    byte[] bytes = new ImageWriter(plan, rank, llama, memory).write();
    int room = board.imageBytes();
    if (bytes.length > room) {
      throw new Refusal(
          String.format(
              Locale.ROOT,
              "%s on %s: an image of %,d bytes, %,d of them weights, does not fit the %,d bytes of"
                  + " flash that are left for it",
              plan.model().name(),
              where(plan, rank),
              bytes.length,
              plan.model().weightBytes(),
              room),
          "choose a larger --board");
    }
    return new NodeImage(bytes, memory, llama.taps());
  }

  /** The board's name, and the rank where there are several. */
  private static String where(Plan plan, int rank) {
    String name = plan.members().get(rank).board().name();
    return plan.members().size() == 1 ? name : name + ", rank " + rank;
  }

  private static MemoryMap memory(LlamaProgram llama, BoardType board) {
    return MemoryPlanner.place(llama.program(), llama.buffers().always(), board.ram());
  }

  /** The largest context that fits with the plan's chunk, or else with a chunk of one row. */
  private static String whatWouldFit(Plan plan, int rank) {
    for (int chunk : new int[] {plan.chunk(), 1}) {
      int context = largest(plan.context(), c -> c >= chunk && fits(plan, rank, c, chunk));
      if (context > 0) {
        String option = chunk == plan.chunk() ? "" : " --chunk " + chunk;
        return "--context " + context + option + " would fit";
      }
    }
    return "no context fits: choose a larger --board";
  }

  private static boolean fits(Plan plan, int rank, int context, int chunk) {
    try {
      BoardType board = plan.members().get(rank).board();
      memory(new LlamaProgram(plan.with(context, chunk), rank), board);
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

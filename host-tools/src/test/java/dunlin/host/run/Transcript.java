package dunlin.host.run;

import dunlin.boards.BoardType;
import dunlin.firmware.Request;
import dunlin.host.compile.Compiler;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that can be seen of a text: the logits by position (those that the plan's inspection shows)
 * and the tokens that were picked after the prompt.
 */
public record Transcript(SortedMap<Integer, int[]> logits, int[] tokens) {

  /** Feeds {@code prompt} in chunks as large as the plan's, then picks until the context ends. */
  public static Transcript of(
      QuantisedModel model, BoardType board, PlanOptions options, int[] prompt, Sampling sampling) {
    return of(model, List.of(board), options, prompt, sampling);
  }

  /** The same on boards of several types, one for each node. */
  public static Transcript of(
      QuantisedModel model,
      List<BoardType> boards,
      PlanOptions options,
      int[] prompt,
      Sampling sampling) {
    Plan plan = Planner.plan(model, boards, options);
    return of(
        new EmulatedFlock(plan, Compiler.compile(plan)),
        prompt,
        options.context() - prompt.length,
        sampling);
  }

  /** Feeds {@code prompt} to a fresh node in chunks, then picks {@code steps} tokens. */
  public static Transcript of(EmulatedFlock node, int[] prompt, int steps, Sampling sampling) {
    Coordinator coordinator = new Coordinator(node);
    NodeIdentity identity = coordinator.hello();
    SortedMap<Integer, int[]> logits = new TreeMap<>();
    int flags = Request.SAMPLE | Request.SEND_LOGITS;
    PassResult result = null;
    int chunk = identity.maxRows();
    for (int from = 0; from < prompt.length; from += chunk) {
      int to = Math.min(from + chunk, prompt.length);
      result = coordinator.pass(Arrays.copyOfRange(prompt, from, to), from, flags, sampling);
      add(result.logits(), to, identity.vocabulary(), logits);
    }
    int[] tokens = new int[steps];
    for (int i = 0; i < steps; i++) {
      tokens[i] = result.token();
      result = coordinator.pass(new int[] {tokens[i]}, prompt.length + i, flags, sampling);
      add(result.logits(), prompt.length + i + 1, identity.vocabulary(), logits);
    }
    return new Transcript(logits, tokens);
  }

  /** The last row belongs to position {@code end} - 1. */
  private static void add(int[] rows, int end, int vocabulary, SortedMap<Integer, int[]> logits) {
    int count = rows.length / vocabulary;
    for (int row = 0; row < count; row++) {
      int[] values = Arrays.copyOfRange(rows, row * vocabulary, (row + 1) * vocabulary);
      logits.put(end - count + row, values);
    }
  }
}

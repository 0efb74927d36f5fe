package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.kernels.Attention;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.RmsNorm;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a pass has a node do, op by op: counted from its program. */
public final class Workload {
  private static final Set<OpFormat> MOVE =
      Set.of(
          OpFormat.FETCH,
          OpFormat.BROADCAST,
          OpFormat.REDUCE,
          OpFormat.MERGE,
          OpFormat.SEND_LOGITS,
          OpFormat.TAP);

  /** Fields whose constants are read from end to end. */
  private static final Set<String> STREAMED = Set.of("weights", "multipliers", "gain", "bias");

  private final List<Program.Step> steps;
  private final Residency residency;

  /**
   * What a program does.
   *
   * @param residency where its weights are
   */
  Workload(Program program, Residency residency) {
    steps = program.steps();
    this.residency = residency;
  }

  /** Where its weights are. */
  public Residency residency() {
    return residency;
  }

  /** The block that an op belongs to; -1 for none. */
  public int layer(int op) {
    return steps.get(op).layer();
  }

  /** How many ops there are. */
  public int ops() {
    return steps.size();
  }

  /** The name of an op. */
  public String name(int op) {
    return steps.get(op).format().name().toLowerCase(Locale.ROOT);
  }

  /** Whether an op moves bytes between nodes, and so may have to wait. */
  public boolean moves(int op) {
    return moves(steps.get(op).format());
  }

  static boolean moves(OpFormat format) {
    return MOVE.contains(format);
  }

  /**
   * What an op has to do.
   *
   * @param op its index
   * @param rows of the pass
   * @param position of its first row
   */
  public OpWork work(int op, int rows, int position) {
    Program.Step step = steps.get(op);
    Map<Quantity, Long> counts = new EnumMap<>(Quantity.class);
    counts.put(Quantity.CALL, 1L);
    switch (step.format()) {
      case EMBED -> channels(counts, rows, step.number(Op.Embed.WIDTH));
      case ANGLES -> channels(counts, rows, step.number(Op.Angles.HEAD_SIZE));
      case NORM ->
          channels(
              counts,
              rows(step, Op.Norm.ROWS, rows),
              step.number(Op.Norm.PARAMETERS + RmsNorm.WIDTH));
      case LINEAR -> linear(counts, step, rows(step, Op.Linear.ROWS, rows));
      case RESCALE ->
          channels(counts, rows(step, Op.Rescale.ROWS, rows), step.number(Op.Rescale.CHANNELS));
      case QUERY ->
          heads(counts, rows, step.number(Op.Query.HEADS), step.number(Op.Query.HEAD_SIZE));
      case KEY -> heads(counts, rows, step.number(Op.Key.KV_HEADS), step.number(Op.Key.HEAD_SIZE));
      case VALUE ->
          heads(counts, rows, step.number(Op.Value.KV_HEADS), step.number(Op.Value.HEAD_SIZE));
      case ATTEND -> attend(counts, step, rows, position);
      case GATE -> channels(counts, rows, step.number(Op.Gate.PARAMETERS + GatedActivation.WIDTH));
      case ADD -> channels(counts, rows, step.number(Op.Add.CHANNELS));
      case SELECT -> channels(counts, 1, step.number(Op.Select.COUNT));
      default -> {
        // once, or as many bytes as there are
      }
    }
    return new OpWork(name(op), counts, imageBytes(step, rows));
  }

  private static void channels(Map<Quantity, Long> counts, int rows, int width) {
    counts.put(Quantity.ROW, (long) rows);
    counts.put(Quantity.CHANNEL, (long) rows * width);
  }

  private static void heads(Map<Quantity, Long> counts, int rows, int heads, int size) {
    channels(counts, rows, heads * size);
    counts.put(Quantity.HEAD, (long) rows * heads);
  }

  /** Rows go in pairs; the last of an odd number goes alone. */
  private static void linear(Map<Quantity, Long> counts, Program.Step step, int rows) {
    long inputs = step.number(Op.Linear.INPUTS);
    long outputs = step.number(Op.Linear.OUTPUTS);
    counts.put(Quantity.ROW, (long) rows);
    counts.put(Quantity.INPUT, rows * inputs);
    counts.put(Quantity.OUTPUT, rows * outputs);
    counts.put(Quantity.MAC, (rows & 1) * inputs * outputs);
    counts.put(Quantity.SHARED_MAC, (rows & ~1) * inputs * outputs);
  }

  /** Each row attends to all positions up to its own. */
  private static void attend(
      Map<Quantity, Long> counts, Program.Step step, int rows, int position) {
    int heads = step.number(Op.Attend.PARAMETERS + Attention.HEADS);
    int size = step.number(Op.Attend.PARAMETERS + Attention.HEAD_SIZE);
    heads(counts, rows, heads, size);
    long scores = heads * (rows * (position + 1L) + rows * (rows - 1L) / 2);
    counts.put(Quantity.SCORE, scores);
    counts.put(Quantity.MAC, 2 * scores * size);
  }

  private static int rows(Program.Step step, int field, int rows) {
    return step.number(field) == Op.ALL ? rows : 1;
  }

  /** Of an embedding only the rows that are wanted are read. */
  private static long imageBytes(Program.Step step, int rows) {
    return switch (step.format()) {
      case EMBED -> (long) rows * step.number(Op.Embed.WIDTH);
      case FETCH ->
          step.number(Op.Fetch.COUNT) == 0 ? 0 : (long) rows * step.number(Op.Fetch.WIDTH);
      default -> wholeBytes(step);
    };
  }

  /** Constants that an op reads from end to end; of an embedding it reads rows. */
  static long wholeBytes(Program.Step step) {
    if (step.format() == OpFormat.EMBED || step.format() == OpFormat.FETCH) {
      return 0;
    }
    return step.format().fields().stream()
        .filter(field -> STREAMED.contains(field.name()))
        .map(field -> step.part(field.offset()))
        .filter(part -> part != null && part.operand() instanceof Constant)
        .mapToLong(part -> ((Constant) part.operand()).size())
        .sum();
  }
}

package dunlin.host.compile;

import dunlin.firmware.Frame;
import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.kernels.Activation;
import dunlin.kernels.Attention;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.LayerNorm;
import dunlin.kernels.MeanPooling;
import dunlin.kernels.RmsNorm;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a pass has a node do, op by op: counted from its program. */
public final class Workload {
  private static final Set<OpFormat> COLLECTIVES =
      Set.of(OpFormat.FETCH, OpFormat.BROADCAST, OpFormat.REDUCE, OpFormat.MERGE);

  /** Fields whose constants are read from end to end. */
  private static final Set<String> STREAMED =
      Set.of(
          "weights",
          "multipliers",
          "gain",
          "bias",
          "table",
          "outputTable",
          "residualTable",
          "queryWeights",
          "keyWeights",
          "valueWeights",
          "outputWeights",
          "queryTable",
          "keyTable",
          "valueTable");

  /** Stands for "no op": what moves between passes, and acknowledgements. */
  public static final String LINK = "link";

  private static final String DRAW = OpKind.name(OpFormat.DRAW);
  private static final String SEND_LOGITS = OpKind.name(OpFormat.SEND_LOGITS);

  private final List<Program.Step> steps;
  private final int ports;
  private final Residency residency;
  private final Map<Integer, String> collectives = new HashMap<>();

  /**
   * The work of a program.
   *
   * @param ports of its node that are wired
   * @param residency where its weights are
   */
  Workload(Program program, int ports, Residency residency) {
    steps = program.steps();
    this.ports = ports;
    this.residency = residency;
    for (Program.Step step : steps) {
      if (COLLECTIVES.contains(step.format())) {
        collectives.put(step.number(Op.Broadcast.ID), name(step));
      }
    }
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
    return name(steps.get(op));
  }

  private static String name(Program.Step step) {
    return OpKind.name(step.format());
  }

  /** How many of the node's ports are wired. */
  public int ports() {
    return ports;
  }

  /**
   * The op that has to do with a frame, or {@link #LINK}.
   *
   * @param kind of the frame
   * @param collective that the frame names
   */
  public String mover(int kind, int collective) {
    return switch (kind) {
      case Frame.DATA -> collectives.getOrDefault(collective, LINK);
      case Frame.RESULT -> DRAW; // the last op; its calls contain it
      case Frame.LOGITS -> SEND_LOGITS;
      default -> LINK;
    };
  }

  /** The kinds of its ops, and of what has to do with frames. */
  public Set<String> kinds() {
    Set<String> kinds = new TreeSet<>(Set.of(LINK, DRAW, SEND_LOGITS));
    steps.forEach(step -> kinds.add(OpKind.of(step)));
    return kinds;
  }

  /** Whether an op moves bytes between nodes, and so may have to wait. */
  public boolean moves(int op) {
    return moves(steps.get(op).format());
  }

  static boolean moves(OpFormat format) {
    return COLLECTIVES.contains(format) || format == OpFormat.SEND_LOGITS || format == OpFormat.TAP;
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
    if (!receives(step)) {
      counts.put(Quantity.CALL, 1L);
      counts.put(Quantity.PORT, (long) ports);
    }
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
      case ADD -> channels(counts, rows(step, Op.Add.ROWS, rows), step.number(Op.Add.CHANNELS));
      case SELECT -> channels(counts, 1, step.number(Op.Select.COUNT));
      case FETCH -> counts.put(Quantity.ROW, (long) rows);
      case LAYER_NORM ->
          channels(
              counts,
              rows(step, Op.LayerNorm.ROWS, rows),
              step.number(Op.LayerNorm.PARAMETERS + LayerNorm.WIDTH));
      case ACTIVATE ->
          channels(
              counts,
              rows(step, Op.Activate.ROWS, rows),
              step.number(Op.Activate.PARAMETERS + Activation.WIDTH));
      case QUANTISE ->
          channels(counts, rows(step, Op.Quantise.ROWS, rows), step.number(Op.Quantise.WIDTH));
      case NO_NORM ->
          channels(counts, rows(step, Op.NoNorm.ROWS, rows), step.number(Op.NoNorm.WIDTH));
      case SELF_ATTEND -> SelfAttentionWork.count(counts, step, rows);
      case POOL -> pool(counts, step, rows(step, Op.Pool.ROWS, rows));
      default -> {
        // once, or as the frames come
      }
    }
    return new OpWork(OpKind.of(step), counts, imageBytes(step, rows));
  }

  /** Whether it is a collective that gets any further only when a frame comes. */
  private static boolean receives(Program.Step step) {
    return switch (step.format()) {
      case BROADCAST -> step.number(Op.Broadcast.FROM) != Op.NO_PORT;
      case REDUCE -> step.number(Op.Reduce.FROM) != 0;
      case MERGE -> step.number(Op.Merge.FROM) != 0;
      default -> false;
    };
  }

  private static void channels(Map<Quantity, Long> counts, int rows, int width) {
    counts.put(Quantity.ROW, (long) rows);
    counts.put(Quantity.CHANNEL, (long) rows * width);
  }

  private static void heads(Map<Quantity, Long> counts, int rows, int heads, int size) {
    channels(counts, rows, heads * size);
    counts.put(Quantity.HEAD, (long) rows * heads);
  }

  private static void linear(Map<Quantity, Long> counts, Program.Step step, int rows) {
    LinearWork.count(
        counts,
        step.number(Op.Linear.LAYOUT),
        step.number(Op.Linear.INPUT_BITS),
        rows,
        step.number(Op.Linear.INPUTS),
        step.number(Op.Linear.OUTPUTS));
  }

  /** All rows to one. */
  private static void pool(Map<Quantity, Long> counts, Program.Step step, int rows) {
    channels(counts, 1, step.number(Op.Pool.PARAMETERS + MeanPooling.WIDTH));
    counts.put(Quantity.INPUT, rows * counts.get(Quantity.CHANNEL));
  }

  /** Each row attends to all positions up to its own. */
  private static void attend(
      Map<Quantity, Long> counts, Program.Step step, int rows, int position) {
    AttentionWork.count(
        counts,
        step.number(Op.Attend.PARAMETERS + Attention.HEADS),
        step.number(Op.Attend.PARAMETERS + Attention.KV_HEADS),
        step.number(Op.Attend.PARAMETERS + Attention.HEAD_SIZE),
        rows,
        position);
  }

  private static int rows(Program.Step step, int field, int rows) {
    return Op.rows(step.number(field), rows);
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

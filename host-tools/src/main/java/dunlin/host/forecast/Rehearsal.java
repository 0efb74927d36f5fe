package dunlin.host.forecast;

import dunlin.firmware.Request;
import dunlin.host.compile.Layout;
import dunlin.host.compile.NodeImage;
import dunlin.host.compile.Traffic;
import dunlin.host.model.TokenSequence;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Slice;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.PassResult;
import dunlin.host.run.Sampling;
import dunlin.host.run.TokenInput;
import dunlin.host.time.Pace;
import dunlin.host.time.TimedFirmware;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Runs a pass of a plan on emulated boards whose programs compute nothing, but take the time of
 * those that do: the same frames meet the same links, so the time is the flock's to the nanosecond.
 */
public final class Rehearsal {
  /** Per cent. */
  private static final int ALL = 100;

  private static final int PASSES = 2;

  private final Plan plan;
  private final IntConsumer progress;
  private final EmulatedFlock flock;
  private final List<NodeLog> logs = new ArrayList<>();

  /** How many passes of {@link #PASSES} are over. */
  private int over;

  /** The measured pass: its rows, its nanoseconds, and its bytes on all links. */
  private final int rows;

  private final long nanos;
  private final long wireBytes;

  /** Has a flock run a pass whose first row has a position. */
  @FunctionalInterface
  private interface Pass {
    PassResult run(Coordinator coordinator, int position);
  }

  /**
   * Runs a pass twice, and keeps what the second takes.
   *
   * @param later positions by which it counts as later than it is
   * @param progress is told how many per cent are done
   */
  private Rehearsal(
      Plan plan, Layout layout, int rows, int later, Pass pass, IntConsumer progress) {
    this.plan = plan;
    this.progress = progress;
    this.rows = rows;
    List<NodeImage> images = layout.silentImages();
    flock =
        new EmulatedFlock(
            plan,
            images,
            IntStream.range(0, images.size())
                .mapToObj(rank -> firmware(rank, images.get(rank), later))
                .toList());
    Coordinator coordinator = new Coordinator(flock);
    coordinator.hello();
    pass.run(coordinator, 0);
    over++;
    long begin = flock.nanoseconds();
    logs.forEach(log -> log.begin(begin));
    long before = flock.wireBytes();
    pass.run(coordinator, rows);
    nanos = flock.nanoseconds() - begin;
    wireBytes = flock.wireBytes() - before;
  }

  private void tell(int op, int ops) {
    if (op >= 0) {
      progress.accept(ALL * (over * ops + op) / (PASSES * ops));
    }
  }

  private TimedFirmware firmware(int rank, NodeImage image, int later) {
    NodeLog log =
        new NodeLog(
            rank,
            plan.members().get(rank).board(),
            image.work(),
            rank == 0 ? op -> tell(op, image.work().ops()) : op -> {});
    logs.add(log);
    return new TimedFirmware(image.work(), Pace.of(plan.members().get(rank).board()), log, later);
  }

  /**
   * A pass of one token that picks the next one greedily, after another such pass.
   *
   * @param layout the plan's, which must fit
   * @param position of the token, at least 1
   * @param owner the rank from which the token's embedding row comes, in any pass
   */
  public static Rehearsal decoding(Plan plan, Layout layout, int position, int owner) {
    return of(plan, layout, new int[] {token(plan, owner)}, Request.SAMPLE, position - 1);
  }

  /**
   * A pass of a whole chunk of a prompt, after another such pass.
   *
   * @param layout the plan's, which must fit
   * @param rows of the chunk; the context holds two of them
   * @param owner the rank from which embedding rows come
   */
  public static Rehearsal prompt(Plan plan, Layout layout, int rows, int owner) {
    int[] tokens = new int[rows];
    Arrays.fill(tokens, token(plan, owner));
    return of(plan, layout, tokens, 0, 0);
  }

  private static Rehearsal of(Plan plan, Layout layout, int[] tokens, int flags, int later) {
    return new Rehearsal(
        plan,
        layout,
        tokens.length,
        later,
        (coordinator, position) -> coordinator.pass(tokens, position, flags, Sampling.GREEDY),
        done -> {});
  }

  /**
   * An input that is classified, after another one.
   *
   * @param plan an encoder's
   * @param layout the plan's, which must fit
   */
  public static Rehearsal classifying(Plan plan, Layout layout) {
    return classifying(plan, layout, done -> {});
  }

  private static Rehearsal classifying(Plan plan, Layout layout, IntConsumer progress) {
    QuantisedEncoder model = (QuantisedEncoder) plan.model();
    int[] tokens = Traffic.typicalTokens(plan);
    byte[] input =
        tokens.length == 0
            ? new byte[model.inputBytes(plan.context())]
            : TokenInput.of(
                model.config(),
                new TokenSequence("typical", tokens, new int[tokens.length]),
                plan.context());
    int rows = plan.context();
    return new Rehearsal(
        plan,
        layout,
        rows,
        0,
        (coordinator, position) -> coordinator.pass(input, rows, Classifier.FLAGS),
        progress);
  }

  private static int token(Plan plan, int owner) {
    return vocabulary(plan, owner).first();
  }

  /**
   * The pass that plans tell of: {@link #decoding}, half way through the context, of a token from
   * the farthest owner; or {@link #classifying}.
   *
   * @return nothing where that is not known: {@link UnknownTime} says why
   */
  public static Optional<PassForecast> typical(Plan plan, Layout layout) {
    return typical(plan, layout, done -> {});
  }

  /**
   * The same.
   *
   * @param progress is told how many per cent of an input are done, which can take minutes
   */
  public static Optional<PassForecast> typical(Plan plan, Layout layout, IntConsumer progress) {
    if (UnknownTime.of(plan, layout).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        plan.model() instanceof QuantisedEncoder
            ? classifying(plan, layout, progress).pass()
            : decoding(plan, layout, plan.context() / 2, farthestOwner(plan)).pass());
  }

  /** The last rank that holds a part of the vocabulary: its row has the longest way. */
  public static int farthestOwner(Plan plan) {
    return IntStream.range(0, plan.members().size())
        .filter(rank -> vocabulary(plan, rank).count() > 0)
        .max()
        .orElseThrow();
  }

  private static Slice vocabulary(Plan plan, int rank) {
    return plan.members().get(rank).shard().vocabulary();
  }

  /** The whole pass. */
  public PassForecast pass() {
    return new PassForecast(
        nanos, wireBytes, logs.stream().map(log -> log.forecast(nanos, rows, op -> true)).toList());
  }

  /**
   * Some blocks of the pass, from the beginning of their first op at the leader to that of the
   * first op after them; what goes over the links counts in its energy, and {@link
   * PassForecast#wireBytes} is 0.
   *
   * @param layers neighbouring blocks of one stage
   */
  public PassForecast blocks(Slice layers) {
    NodeLog leader = logs.get(leader(layers.first()));
    long taken = leader.endOf(layers.end() - 1) - leader.beginOf(layers.first());
    return new PassForecast(
        taken, 0, logs.stream().map(log -> log.forecast(taken, rows, log.blocks(layers))).toList());
  }

  private int leader(int layer) {
    return IntStream.range(0, plan.members().size())
        .filter(rank -> plan.members().get(rank).shard().layers().contains(layer))
        .findFirst()
        .orElseThrow();
  }
}

package dunlin.host.forecast;

import dunlin.boards.Performance;
import dunlin.firmware.Request;
import dunlin.hal.emulated.Wire;
import dunlin.host.compile.Layout;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Slice;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Sampling;
import dunlin.host.time.Pace;
import dunlin.host.time.TimedFirmware;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs a pass of a plan on emulated boards whose programs compute nothing, but take the time of
 * those that do: the same frames meet the same links, so the time is the flock's to the nanosecond.
 */
public final class Rehearsal {
  /** Of a byte: a UART's start and stop bit are two; SPI's clock does about as much. */
  private static final int WIRE_BITS = 10;

  private final Plan plan;
  private final EmulatedFlock flock;
  private final List<List<Span>> spans = new ArrayList<>();

  /** When the measured pass begins; nothing before is kept. */
  private long begin = Long.MAX_VALUE;

  private Rehearsal(Plan plan, Layout layout, int later) {
    this.plan = plan;
    List<NodeImage> images = layout.silentImages();
    images.forEach(image -> spans.add(new ArrayList<>()));
    flock =
        new EmulatedFlock(
            plan,
            images,
            IntStream.range(0, images.size())
                .mapToObj(rank -> firmware(rank, images.get(rank), later))
                .toList());
  }

  private TimedFirmware firmware(int rank, NodeImage image, int later) {
    return new TimedFirmware(
        image.work(),
        Pace.of(plan.members().get(rank).board()),
        (op, moves, from, nanos) -> {
          if (from >= begin) {
            spans.get(rank).add(new Span(op, moves, from - begin, nanos));
          }
        },
        later);
  }

  /**
   * A pass of one token that picks the next one greedily, after another such pass.
   *
   * @param layout the plan's, which must fit
   * @param position of the token, at least 1
   * @param owner the rank from which the token's embedding row comes, in any pass
   */
  public static PassForecast decoding(Plan plan, Layout layout, int position, int owner) {
    Rehearsal rehearsal = new Rehearsal(plan, layout, position - 1);
    int token = plan.members().get(owner).shard().vocabulary().first();
    Coordinator coordinator = new Coordinator(rehearsal.flock);
    coordinator.hello();
    coordinator.pass(new int[] {token}, 0, Request.SAMPLE, Sampling.GREEDY);
    return rehearsal.measure(coordinator, token);
  }

  /**
   * {@link #decoding}, half way through the context, of a token from the farthest owner.
   *
   * @return nothing where the plan does not fit, has no such position, or the pace of a node is not
   *     known
   */
  public static Optional<PassForecast> halfWay(Plan plan, Layout layout) {
    boolean known =
        layout.fits() && plan.context() >= 2 && plan.members().stream().allMatch(Rehearsal::known);
    return known
        ? Optional.of(decoding(plan, layout, plan.context() / 2, farthestOwner(plan)))
        : Optional.empty();
  }

  /** A core's table is for the layout of weights that suits it. */
  private static boolean known(Member member) {
    return member.board().performance() != null && member.weights() == member.board().weights();
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

  private PassForecast measure(Coordinator coordinator, int token) {
    begin = flock.nanoseconds();
    long before = flock.wireBytes();
    long[] sentBefore = sentBytes();
    coordinator.pass(new int[] {token}, 1, Request.SAMPLE, Sampling.GREEDY);
    long nanos = flock.nanoseconds() - begin;
    long bytes = flock.wireBytes() - before;
    long[] sent = sentBytes();
    return new PassForecast(
        nanos,
        bytes,
        IntStream.range(0, spans.size())
            .mapToObj(rank -> node(rank, nanos, sent[rank] - sentBefore[rank]))
            .toList());
  }

  /** Bytes that each rank has sent so far: the wires are those to the parents, then the host's. */
  private long[] sentBytes() {
    List<Wire> wires = flock.emulation().wires();
    long[] sent = new long[spans.size()];
    for (int rank = 1; rank < sent.length; rank++) {
      sent[rank] += wires.get(rank - 1).backwardBytes();
      sent[plan.wiring().parent(rank)] += wires.get(rank - 1).forwardBytes();
    }
    sent[0] += wires.get(sent.length - 1).backwardBytes();
    return sent;
  }

  private NodeForecast node(int rank, long nanos, long sent) {
    List<Span> all = List.copyOf(spans.get(rank));
    long link = all.stream().filter(Span::moves).mapToLong(Span::nanos).sum();
    long busy = all.stream().mapToLong(Span::nanos).sum();
    Performance performance = plan.members().get(rank).board().performance();
    double energy =
        performance == null
            ? 0
            : 1e-6
                * (performance.activeMilliwatts() * busy
                    + performance.idleMilliwatts() * Math.max(0, nanos - busy)
                    + performance.bitPicojoules() * WIRE_BITS * sent);
    return new NodeForecast(rank, busy - link, link, Math.max(0, nanos - busy), energy, all);
  }
}

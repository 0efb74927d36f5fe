package dunlin.host.forecast;

import dunlin.boards.BoardType;
import dunlin.boards.Performance;
import dunlin.host.compile.Residency;
import dunlin.host.compile.Workload;
import dunlin.host.plan.Slice;
import dunlin.host.time.Phase;
import dunlin.host.time.TimedFirmware;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a node does in the pass that is measured. */
final class NodeLog implements TimedFirmware.Watcher {
  private final int rank;
  private final BoardType board;
  private final Workload work;
  private final IntConsumer watched;
  private final List<Span> spans = new ArrayList<>();
  private final List<Sent> messages = new ArrayList<>();

  /** When the measured pass begins; nothing before is kept. */
  private long begin = Long.MAX_VALUE;

  private record Sent(int op, long bytes) {}

  /**
   * A node.
   *
   * @param watched is told each op that the node comes to
   */
  NodeLog(int rank, BoardType board, Workload work, IntConsumer watched) {
    this.rank = rank;
    this.board = board;
    this.work = work;
    this.watched = watched;
  }

  /** From now on everything is kept. */
  void begin(long now) {
    begin = now;
  }

  @Override
  public void busy(int op, Phase phase, long from, long nanos) {
    watched.accept(op);
    if (from >= begin) {
      spans.add(new Span(op, phase, from - begin, nanos));
    }
  }

  @Override
  public void sent(int op, long at, long bytes) {
    if (at >= begin) {
      messages.add(new Sent(op, bytes));
    }
  }

  /** When the first op of a block begins, in nanoseconds. */
  long beginOf(int layer) {
    return firstFrom(op -> work.layer(op) == layer);
  }

  /** When the first op after a block begins, in nanoseconds. */
  long endOf(int layer) {
    int last =
        IntStream.range(0, work.ops()).filter(op -> work.layer(op) == layer).max().orElseThrow();
    return firstFrom(op -> op > last);
  }

  private long firstFrom(IntPredicate ops) {
    return spans.stream()
        .filter(span -> span.op() >= 0 && ops.test(span.op()))
        .mapToLong(Span::from)
        .min()
        .orElseThrow();
  }

  /**
   * What the node did in ops that are {@code wanted}; -1 is for what is in none.
   *
   * @param nanos that were to be filled
   * @param rows of the pass
   */
  NodeForecast forecast(long nanos, int rows, IntPredicate wanted) {
    List<Span> those = spans.stream().filter(span -> wanted.test(span.op())).toList();
    long compute = nanos(those, Phase.COMPUTE);
    long offChip = nanos(those, Phase.OFF_CHIP);
    long link = nanos(those, Phase.LINK);
    long idle = Math.max(0, nanos - compute - offChip - link);
    return new NodeForecast(
        rank,
        compute,
        link,
        offChip,
        idle,
        reads()
            ? energy(compute + link + offChip, idle, rows, wanted)
            : energy(compute + link, idle + offChip, rows, wanted),
        those);
  }

  /** Whether cores themselves read what is off the chip. */
  private boolean reads() {
    return work.residency().mode() == Residency.Mode.SERIAL
        && board.performance().offChip().mapped();
  }

  private Energy energy(long busy, long idle, int rows, IntPredicate wanted) {
    Performance performance = board.performance();
    if (performance == null) {
      return Energy.NONE;
    }
    long weights = 0;
    long streamed = 0;
    for (int op : IntStream.range(0, work.ops()).filter(wanted).toArray()) {
      long bytes = work.work(op, rows, 0).weightBytes();
      weights += bytes;
      streamed += work.residency().streams(op) ? bytes : 0;
    }
    long sent =
        messages.stream().filter(message -> wanted.test(message.op())).mapToLong(Sent::bytes).sum();
    return Energy.of(performance, busy, idle, weights, streamed, sent * board.uart().bits());
  }

  /** The ops of some blocks. */
  IntPredicate blocks(Slice layers) {
    return op -> op >= 0 && layers.contains(work.layer(op));
  }

  private static long nanos(List<Span> spans, Phase phase) {
    return spans.stream().filter(span -> span.phase() == phase).mapToLong(Span::nanos).sum();
  }
}

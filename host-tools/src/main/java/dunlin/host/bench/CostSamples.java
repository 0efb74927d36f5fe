package dunlin.host.bench;

import dunlin.boards.bench.Laps;
import dunlin.host.bench.Replays.Replay;
import dunlin.host.compile.OpWork;
import dunlin.host.compile.Quantity;
import dunlin.host.compile.Workload;
import dunlin.host.time.CoreCosts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts a node's replay into samples: one for each op that computes, one for each that moves. */
final class CostSamples {
  private final Workload work;
  private final List<Integer> passes;
  private final List<CostSample> computing = new ArrayList<>();
  private final Map<String, CostSample> moving = new TreeMap<>();
  private int pass;
  private int position;

  private CostSamples(Workload work, List<Integer> passes) {
    this.work = work;
    this.passes = passes;
  }

  /**
   * The samples of a replay.
   *
   * @param passes the rows of each, from position 0 on
   */
  static List<CostSample> of(Replay replay, List<Integer> passes) {
    CostSamples samples = new CostSamples(replay.image().work(), passes);
    samples.ops(replay.laps());
    samples.frames(replay.recorder().frames(), replay.laps());
    samples.loop(replay.laps());
    List<CostSample> all = new ArrayList<>(samples.computing);
    all.addAll(samples.moving.values());
    return all;
  }

  private void ops(List<Lap> laps) {
    int last = -1;
    long instructions = 0;
    for (Lap lap : laps) {
      if (lap.purpose() >= 0) {
        if (lap.purpose() != last) {
          op(last, instructions);
          next(lap.purpose() < last);
          instructions = 0;
        }
        instructions += lap.instructions();
        last = lap.purpose();
      }
    }
    op(last, instructions);
  }

  private void next(boolean begins) {
    if (begins) {
      position += passes.get(pass);
      pass++;
    }
  }

  private void op(int op, long instructions) {
    if (op < 0) {
      return;
    }
    OpWork done = work.work(op, passes.get(pass), position);
    CostSample sample =
        new CostSample(
            done.op(),
            done.counts(),
            done.count(Quantity.CALL),
            done.count(Quantity.PORT),
            instructions);
    if (work.moves(op)) {
      moving.merge(done.op(), sample, CostSample::plus);
    } else {
      computing.add(sample);
    }
  }

  /** Each frame that a collective takes is a step, and each that comes in a look at the ports. */
  private void frames(Map<String, Map<Quantity, Long>> frames, List<Lap> laps) {
    frames.forEach(
        (op, counts) -> {
          long steps = counts.getOrDefault(Quantity.RECEIVED_FRAME, 0L);
          moving.computeIfPresent(
              op,
              (o, sample) ->
                  sample.plus(new CostSample(op, counts, steps, steps * work.ports(), 0)));
        });
    Map<Quantity, Long> link = new EnumMap<>(Quantity.class);
    frames.values().forEach(counts -> received(counts, link));
    link.put(Quantity.PORT, work.ports() * link.getOrDefault(Quantity.RECEIVED_FRAME, 0L));
    Map<Quantity, Long> between = frames.getOrDefault(Workload.LINK, Map.of());
    link.put(Quantity.CALL, between.getOrDefault(Quantity.RECEIVED_FRAME, 0L));
    link.put(Quantity.SENT, between.getOrDefault(Quantity.SENT, 0L));
    link.put(Quantity.SENT_FRAME, between.getOrDefault(Quantity.SENT_FRAME, 0L));
    long taken = Lap.sum(laps, Laps.LINK) + Lap.sum(laps, Laps.INTERRUPT);
    moving.put(Workload.LINK, new CostSample(Workload.LINK, link, 0, 0, taken));
  }

  /** What follows an op, and what leads from a byte's interrupt to a look at the link. */
  private void loop(List<Lap> laps) {
    for (int i = 1; i + 1 < laps.size(); i++) {
      if (laps.get(i).purpose() == Laps.LOOP) {
        int before = laps.get(i - 1).purpose();
        if (before >= 0) {
          loop(Quantity.CALL, laps.get(i));
        } else if (before == Laps.INTERRUPT && laps.get(i + 1).purpose() == Laps.LINK) {
          loop(Quantity.RECEIVED_FRAME, laps.get(i));
        }
      }
    }
  }

  private void loop(Quantity quantity, Lap lap) {
    CostSample sample =
        new CostSample(CoreCosts.LOOP, Map.of(quantity, 1L), 0, 0, lap.instructions());
    moving.merge(CoreCosts.LOOP, sample, CostSample::plus);
  }

  private static void received(Map<Quantity, Long> counts, Map<Quantity, Long> sum) {
    for (Quantity quantity : List.of(Quantity.RECEIVED, Quantity.RECEIVED_FRAME)) {
      sum.merge(quantity, counts.getOrDefault(quantity, 0L), Long::sum);
    }
  }
}

package dunlin.host.compile;

import dunlin.host.plan.Plan;
import dunlin.host.plan.Slice;
import dunlin.host.plan.Wiring;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What passes put on the wires, to the byte: counted from the programs of all nodes, with frames
 * cut as the firmware cuts them. Logits, taps and faults, which a pass may send besides, are left
 * out. What is acknowledged in a pass can depend on the pass before: passes are counted in order,
 * from a flock that has just been greeted.
 */
public final class Traffic {
  /** What a frame is there for. */
  public enum Kind {
    /** The pass is told to all nodes. */
    REQUEST,
    /** Embedding rows on their way to the root. */
    FETCH,
    /** Activations from who has them whole to all nodes, or to the next pipeline stage. */
    BROADCAST,
    /** Partial sums to the root, or to the leader of a stage. */
    REDUCE,
    /** The best candidates of each slice of the vocabulary. */
    MERGE,
    /** The root answers the host. */
    RESULT,
    /** A frame was taken, and no other one goes that way. */
    ACKNOWLEDGEMENT
  }

  /**
   * A pass of one token that picks the next, after another such pass: which node sends the
   * embedding row depends on the token.
   *
   * @param tokens of the vocabulary
   * @param sum of the passes of all of them, one each
   * @param least bytes of such a pass
   * @param most bytes of such a pass
   */
  public record Decoding(int tokens, PassTraffic sum, long least, long most) {}

  private final Plan plan;
  private final List<Program> programs;
  private final List<Uplink> uplinks;

  Traffic(Plan plan, List<Program> programs) {
    this.plan = plan;
    this.programs = programs;
    Wiring wiring = plan.wiring();
    uplinks =
        IntStream.range(0, programs.size())
            .mapToObj(rank -> new Uplink(programs.get(rank), wiring.parentPort(rank)))
            .toList();
  }

  /**
   * What the next pass sends, its request and its result included.
   *
   * @param tokens of the pass, at most the plan's chunk
   * @param sampled whether it picks a token
   * @param candidates that each node reports: top-k, or 1 where there is none
   */
  public PassTraffic pass(int[] tokens, boolean sampled, int candidates) {
    return new PassTraffic(
        uplinks.stream().map(link -> link.pass(tokens, sampled, candidates)).toList());
  }

  /**
   * What decoding sends, over all tokens, whatever was counted so far; {@code candidates} as of
   * {@link #pass}.
   */
  public Decoding decoding(int candidates) {
    PassTraffic sum = PassTraffic.none(uplinks.size());
    long least = Long.MAX_VALUE;
    long most = 0;
    for (Slice owned : slices()) {
      int[] token = {owned.first()};
      Traffic text = new Traffic(plan, programs);
      text.pass(token, true, candidates);
      PassTraffic pass = text.pass(token, true, candidates);
      sum = sum.plus(pass, owned.count());
      least = Math.min(least, pass.total().bytes());
      most = Math.max(most, pass.total().bytes());
    }
    return new Decoding(plan.model().config().vocabulary(), sum, least, most);
  }

  /** The vocabulary by owner: all tokens of a slice take the same way. */
  private List<Slice> slices() {
    return plan.members().stream()
        .map(member -> member.shard().vocabulary())
        .filter(slice -> slice.count() > 0)
        .toList();
  }
}

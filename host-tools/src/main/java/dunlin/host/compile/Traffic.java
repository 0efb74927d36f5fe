package dunlin.host.compile;

import dunlin.host.model.EncoderConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Slice;
import dunlin.host.plan.Wiring;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What passes put on the wires, to the byte: counted from the programs of all nodes, with frames
 * cut as the firmware cuts them. Taps and faults, and the logits of decoders, which a pass may send
 * besides, are left out. What is acknowledged in a pass can depend on the pass before: passes are
 * counted in order, from a flock that has just been greeted.
 */
public final class Traffic {
  /** What a frame is there for. */
  public enum Kind {
    /** What an encoder is asked about, from the host to the root. */
    INPUT,
    /** The pass is told to all nodes. */
    REQUEST,
    /** Embedding rows on their way to the root. */
    FETCH,
    /** Activations from who has them whole to all nodes, or to the next pipeline stage. */
    BROADCAST,
    /** Partial sums to the root, or to the leader of a stage. */
    REDUCE,
    /** All logits of an encoder, to the host. */
    LOGITS,
    /** The best candidates of each slice of the vocabulary. */
    MERGE,
    /** The root answers the host. */
    RESULT,
    /** A frame was taken, and no other one goes that way. */
    ACKNOWLEDGEMENT
  }

  /** What frames may be there for, by the model that passes are about. */
  public static Set<Kind> kinds(QuantisedModel model) {
    return model instanceof QuantisedEncoder encoder
        ? EnumSet.complementOf(
            EnumSet.of(encoder.config().words().isPresent() ? Kind.MERGE : Kind.FETCH))
        : EnumSet.complementOf(EnumSet.of(Kind.INPUT, Kind.LOGITS));
  }

  /**
   * A pass as plans tell of it, after another such pass: one of a token that picks the next, and
   * which node sends the embedding row depends on the token; or one about an input.
   *
   * @param passes that differ: one for each token of the vocabulary, or one for all inputs
   * @param sum of all of them
   * @param least bytes of such a pass
   * @param most bytes of such a pass
   */
  public record Typical(int passes, PassTraffic sum, long least, long most) {}

  private final Plan plan;
  private final List<Program> programs;
  private final List<Uplink> uplinks;

  Traffic(Plan plan, List<Program> programs) {
    this.plan = plan;
    this.programs = programs;
    Wiring wiring = plan.wiring();
    uplinks =
        IntStream.range(0, programs.size())
            .mapToObj(
                rank ->
                    new Uplink(programs.get(rank), wiring.parentPort(rank), logits(wiring, rank)))
            .toList();
  }

  /** How many logits of a row lie on a node, and on each below it. */
  private List<Integer> logits(Wiring wiring, int rank) {
    return Stream.concat(
            Stream.of(logits(rank)),
            wiring.children(rank).stream().flatMap(child -> logits(wiring, child).stream()))
        .toList();
  }

  private int logits(int rank) {
    if (plan.model() instanceof QuantisedEncoder model
        && EncoderBuffers.headIsWhole(model.config())) {
      return rank == 0 ? model.config().labels().size() : 0;
    }
    return plan.members().get(rank).shard().vocabulary().count();
  }

  /**
   * What the next pass sends, its request and its result included.
   *
   * @param tokens of the pass, at most the plan's chunk
   * @param sampled whether it picks a token
   * @param candidates that each node reports: top-k, or 1 where there is none
   */
  public PassTraffic pass(int[] tokens, boolean sampled, int candidates) {
    return pass(Question.text(tokens, sampled, candidates));
  }

  /** What the next pass about an input sends, the input and all logits included. */
  public PassTraffic input() {
    QuantisedEncoder model = (QuantisedEncoder) plan.model();
    return input(typicalTokens(plan), model.inputBytes(plan.context()));
  }

  /** What the next pass about a text sends, all logits included. */
  public PassTraffic input(int[] tokens, int bytes) {
    int rows = tokens.length == 0 ? plan.context() : tokens.length;
    boolean every =
        ((QuantisedEncoder) plan.model()).config().pooling() == EncoderConfig.Pooling.EVERY_TOKEN;
    return pass(Question.input(rows, tokens, bytes, every ? rows : 1));
  }

  /**
   * A text as plans tell of it: as long as can be, its words from all nodes in turn; nothing of a
   * model that takes none.
   */
  public static int[] typicalTokens(Plan plan) {
    if (!(plan.model() instanceof QuantisedEncoder model) || model.config().words().isEmpty()) {
      return new int[0];
    }
    int[] owned =
        plan.members().stream()
            .map(member -> member.shard().vocabulary())
            .filter(slice -> slice.count() > 0)
            .mapToInt(Slice::first)
            .toArray();
    return IntStream.range(0, plan.context()).map(i -> owned[i % owned.length]).toArray();
  }

  private PassTraffic pass(Question question) {
    return new PassTraffic(uplinks.stream().map(link -> link.pass(question)).toList());
  }

  /**
   * What a typical pass sends, whatever was counted so far.
   *
   * @param candidates as of {@link #pass}, for a decoder
   */
  public Typical typical(int candidates) {
    return plan.model() instanceof QuantisedEncoder ? classifying() : decoding(candidates);
  }

  private Typical classifying() {
    Traffic inputs = new Traffic(plan, programs);
    inputs.input();
    PassTraffic pass = inputs.input();
    return new Typical(1, pass, pass.total().bytes(), pass.total().bytes());
  }

  private Typical decoding(int candidates) {
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
    return new Typical(plan.model().config().vocabulary(), sum, least, most);
  }

  /** The vocabulary by owner: all tokens of a slice take the same way. */
  private List<Slice> slices() {
    return plan.members().stream()
        .map(member -> member.shard().vocabulary())
        .filter(slice -> slice.count() > 0)
        .toList();
  }
}

package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.firmware.Request;
import dunlin.hal.emulated.Wire;
import dunlin.host.compile.Layout;
import dunlin.host.compile.LinkTraffic;
import dunlin.host.compile.PassTraffic;
import dunlin.host.compile.Traffic;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.TokenSequence;
import dunlin.host.plan.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Runs a text on a plan's emulated flock, and compares each pass with what the plan expects. */
final class WireMeter {
  /** Later pipeline stages may have something to do when the root has answered. */
  private static final long QUIET_NANOS = 1_000_000_000L;

  private final Traffic expected;
  private final EmulatedFlock flock;
  private final Coordinator coordinator;
  private final Sampling sampling;
  private final int nodes;

  private WireMeter(Plan plan, Sampling sampling) {
    Layout layout = new Layout(plan);
    expected = layout.traffic();
    flock = new EmulatedFlock(plan, layout.images());
    coordinator = new Coordinator(flock);
    this.sampling = sampling;
    nodes = plan.members().size();
    coordinator.hello();
  }

  /** Feeds {@code prompt} in chunks, then picks {@code steps} tokens. */
  static void assertCounted(Plan plan, int[] prompt, int steps, Sampling sampling) {
    WireMeter meter = new WireMeter(plan, sampling);
    int token = -1;
    for (int from = 0; from < prompt.length; from += plan.chunk()) {
      int to = Math.min(from + plan.chunk(), prompt.length);
      token = meter.pass(Arrays.copyOfRange(prompt, from, to), from, to == prompt.length);
    }
    for (int i = 0; i < steps; i++) {
      token = meter.pass(new int[] {token}, prompt.length + i, true);
    }
  }

  /** Has inputs classified, one after the other. */
  static void assertCounted(Plan plan, List<byte[]> inputs) {
    WireMeter meter = new WireMeter(plan, Sampling.GREEDY);
    for (byte[] input : inputs) {
      meter.compare(
          meter.expected.input(),
          () -> meter.coordinator.pass(input, plan.context(), Classifier.FLAGS));
    }
  }

  /** Has texts read, one after the other. */
  static void assertTextsCounted(Plan plan, List<TokenSequence> texts) {
    WireMeter meter = new WireMeter(plan, Sampling.GREEDY);
    EncoderConfig config = (EncoderConfig) plan.model().config();
    for (TokenSequence text : texts) {
      byte[] input = TokenInput.of(config, text, plan.context());
      int rows = text.tokens().length;
      meter.compare(
          meter.expected.input(text.tokens(), input.length),
          () -> meter.coordinator.pass(input, rows, Classifier.FLAGS));
    }
  }

  /** A pass, and its comparison; the token that it picked. */
  private int pass(int[] tokens, int position, boolean sampled) {
    boolean lists = sampling.temperature() != 0 && sampling.topK() != 0;
    PassTraffic traffic = expected.pass(tokens, sampled, lists ? sampling.topK() : 1);
    int flags = sampled ? Request.SAMPLE : 0;
    return compare(traffic, () -> coordinator.pass(tokens, position, flags, sampling)).token();
  }

  private PassResult compare(PassTraffic traffic, Supplier<PassResult> pass) {
    List<long[]> before = carried();
    PassResult result = pass.get();
    flock.emulation().runUntil(flock.emulation().now() + QUIET_NANOS);
    List<long[]> after = carried();
    for (int rank = 0; rank < nodes; rank++) {
      int wire = rank == 0 ? nodes - 1 : rank - 1; // the host's is wired last
      LinkTraffic link = traffic.links().get(rank);
      String which = "rank " + rank + " of " + nodes + ": " + link;
      assertEquals(
          LinkTraffic.total(link.down()).bytes(),
          after.get(wire)[0] - before.get(wire)[0],
          () -> "down, " + which);
      assertEquals(
          LinkTraffic.total(link.up()).bytes(),
          after.get(wire)[1] - before.get(wire)[1],
          () -> "up, " + which);
    }
    return result;
  }

  private List<long[]> carried() {
    return flock.emulation().wires().stream().map(WireMeter::bytes).toList();
  }

  private static long[] bytes(Wire wire) {
    return new long[] {wire.forwardBytes(), wire.backwardBytes()};
  }
}

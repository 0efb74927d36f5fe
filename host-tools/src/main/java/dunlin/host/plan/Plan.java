package dunlin.host.plan;

import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.quantise.QuantisedModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a model is laid out on boards.
 *
 * @param model the model
 * @param members the nodes, by rank
 * @param topology how they are wired
 * @param link by what
 * @param context positions that the caches hold
 * @param chunk most rows of a pass
 * @param inspection what the programs show beside their results
 * @param host by what the host is linked to the root; the console is a UART in any case
 * @param schedule when what nodes exchange goes over the links
 * @param fetch how much is fetched ahead from memory off the chip
 */
public record Plan(
    QuantisedModel model,
    List<Member> members,
    Topology topology,
    LinkKind link,
    int context,
    int chunk,
    Inspection inspection,
    LinkKind host,
    Schedule schedule,
    Fetch fetch) {

  /** How the nodes are wired. */
  public Wiring wiring() {
    Map<Slice, Long> stages =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    member -> member.shard().layers(), LinkedHashMap::new, Collectors.counting()));
    return new Wiring(
        topology,
        stages.values().stream().map(Math::toIntExact).toList(),
        rank -> link.firstPort(members.get(rank).board()));
  }

  /** How many pipeline stages there are. */
  public int stages() {
    return Math.toIntExact(
        members.stream().map(member -> member.shard().layers()).distinct().count());
  }

  /** The port of a rank that leads to the host. */
  public int hostwardPort(int rank) {
    if (rank > 0) {
      return wiring().parentPort(rank);
    }
    return host == LinkKind.SPI ? LinkKind.SPI.firstPort(members.get(0).board()) : 0;
  }

  /** How the nodes are wired, in words; the first of a stage hangs below that of the one before. */
  public String wires() {
    String parts = schedule == Schedule.FLOWING ? "" : ", " + schedule;
    String stage = topology + " of " + link + " links" + parts;
    return stages() == 1 ? stage : stages() + " stages, each a " + stage;
  }

  /** Milliseconds that a node waits for a neighbour before it calls it lost. */
  public int patienceMillis() {
    return Patience.millis(this);
  }

  /** This plan with other caches and chunks. */
  public Plan with(int otherContext, int otherChunk) {
    return new Plan(
        model,
        members,
        topology,
        link,
        otherContext,
        otherChunk,
        inspection,
        host,
        schedule,
        fetch);
  }

  /** This plan with another schedule. */
  public Plan with(Schedule other) {
    return new Plan(model, members, topology, link, context, chunk, inspection, host, other, fetch);
  }

  /** This plan with more or less fetched ahead. */
  public Plan with(Fetch other) {
    return new Plan(
        model, members, topology, link, context, chunk, inspection, host, schedule, other);
  }

  /** This plan wired in another way. */
  Plan wired(Topology otherTopology, LinkKind otherLink) {
    return new Plan(
        model,
        members,
        otherTopology,
        otherLink,
        context,
        chunk,
        inspection,
        host,
        schedule,
        fetch);
  }

  /** The first 8 bytes of the SHA-256 of the model's hash and every choice. */
  public long hash() {
    return hash(model.hash());
  }

  /** The same, of a model whose hash is known: it takes a look at every weight. */
  public long hash(long modelHash) {
    String choices =
        String.join(
                "|",
                Long.toHexString(modelHash),
                members.stream().map(Plan::choices).collect(Collectors.joining(",")),
                topology.name(),
                link.name(),
                Integer.toString(context),
                Integer.toString(chunk),
                inspection.name())
            + (host == LinkKind.UART ? "" : "|host " + host.name())
            + (schedule == Schedule.FLOWING ? "" : "|schedule " + schedule.name())
            + (fetch == Fetch.BLOCKS ? "" : "|fetch " + fetch.name());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(choices.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static String choices(Member member) {
    return member.board().name() + " " + member.weights() + " " + member.shard();
  }
}

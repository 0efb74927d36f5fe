package dunlin.host.plan;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.Misuse;
import dunlin.firmware.Op;
import dunlin.firmware.Request;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes the choices that a user leaves open, and refuses those that cannot be. */
public final class Planner {
  /**
   * Enough rows to share each weight that is loaded, few enough for the buffers of small boards.
   */
  private static final int DEFAULT_CHUNK = 8;

  /** A frame's position has 16 bits. */
  private static final int LARGEST_CONTEXT = 65_535;

  /** A HELLO's rank has 16 bits, and no wire is that long. */
  private static final int MOST_NODES = 4_096;

  private Planner() {}

  /** Plans {@code model} for boards of one type. */
  public static Plan plan(QuantisedModel model, BoardType board, PlanOptions options) {
    return plan(model, List.of(board), options);
  }

  /**
   * Plans {@code model} for boards of any types.
   *
   * @param boards one for each rank, or one for all
   */
  public static Plan plan(QuantisedModel model, List<BoardType> boards, PlanOptions options) {
    if (model instanceof QuantisedEncoder encoder) {
      return wholeSequences(encoder, boards, options);
    }
    int trained = model.config().context();
    int context = options.context() == 0 ? Math.min(trained, LARGEST_CONTEXT) : options.context();
    if (context < 1 || context > Math.min(trained, LARGEST_CONTEXT)) {
      throw new Misuse(
          "a context of " + context + " positions",
          "choose 1 to " + Math.min(trained, LARGEST_CONTEXT) + " for " + model.name());
    }
    int chunk = options.chunk() == 0 ? usualChunk(model, context) : options.chunk();
    if (chunk < 1 || chunk > Math.min(Request.MAX_ROWS, context)) {
      throw new Misuse(
          "a prefill chunk of " + chunk + " rows",
          "choose 1 to " + Math.min(Request.MAX_ROWS, context));
    }
    return plan(model, boards, options, context, chunk);
  }

  /** An encoder sees all of a sequence in one pass; of text, as long a one as is wanted. */
  private static Plan wholeSequences(
      QuantisedEncoder model, List<BoardType> boards, PlanOptions options) {
    int most = model.config().context();
    if (most > Op.MOST_TILED) {
      throw new Misuse(most + " tokens", "choose a model of at most " + Op.MOST_TILED);
    }
    boolean text = model.config().words().isPresent();
    int tokens = options.context() == 0 ? most : options.context();
    if (text && (tokens < 1 || tokens > most)) {
      throw new Misuse(
          "a context of " + tokens + " tokens", "choose 1 to " + most + " for " + model.name());
    }
    if (!text && tokens != most) {
      throw new Misuse(
          "a context other than the " + most + " tokens of " + model.name(),
          "leave it out for an encoder of features, on the command line and in a rig file");
    }
    if (options.chunk() != 0 && options.chunk() != tokens) {
      throw new Misuse(
          "a chunk other than the " + tokens + " tokens of " + model.name(),
          "leave it out for an encoder, on the command line and in a rig file");
    }
    return plan(model, boards, options, tokens, tokens);
  }

  private static Plan plan(
      QuantisedModel model, List<BoardType> boards, PlanOptions options, int context, int chunk) {
    List<Member> members = members(model, each(boards, options), options);
    Plan plan =
        new Plan(
            model,
            members,
            options.topology(),
            options.link(),
            context,
            chunk,
            options.inspection(),
            options.host(),
            options.schedule(),
            options.fetch());
    return checked(plan);
  }

  /**
   * {@code plan} wired in another way.
   *
   * @throws Misuse where a board has too few ports
   */
  public static Plan rewired(Plan plan, Topology topology, LinkKind link) {
    return checked(plan.wired(topology, link));
  }

  private static Plan checked(Plan plan) {
    checkHost(plan);
    checkPorts(plan);
    return plan;
  }

  /** The most rows of a pass where nothing is said; an encoder sees all of a sequence at once. */
  public static int usualChunk(QuantisedModel model, int context) {
    return model instanceof QuantisedEncoder ? context : Math.min(DEFAULT_CHUNK, context);
  }

  /** {@code plan} for one board, all else as it is. */
  public static Plan onOne(Plan plan, BoardType board) {
    PlanOptions options =
        new PlanOptions(plan.context(), plan.chunk(), null, plan.inspection())
            .hostedBy(plan.host())
            .with(plan.fetch());
    return plan(plan.model(), board, options);
  }

  /**
   * {@code plan} for so many nodes of the root's type in equal parts and so many stages, all else
   * as it is.
   */
  public static Plan onNodes(Plan plan, int nodes, int stages) {
    Member root = plan.members().get(0);
    PlanOptions options =
        new PlanOptions(plan.context(), plan.chunk(), root.weights(), plan.inspection());
    return plan(
        plan.model(),
        root.board(),
        options
            .nodes(nodes, plan.topology())
            .with(plan.link())
            .hostedBy(plan.host())
            .with(plan.schedule())
            .with(plan.fetch())
            .staged(stages));
  }

  /** The same in as many stages as {@code plan} has. */
  public static Plan onNodes(Plan plan, int nodes) {
    return onNodes(plan, nodes, plan.stages());
  }

  /** A board for each rank. */
  private static List<BoardType> each(List<BoardType> boards, PlanOptions options) {
    int nodes = options.nodes();
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new Misuse(nodes + " nodes", "choose 1 to " + MOST_NODES);
    }
    if (boards.size() != 1 && boards.size() != nodes) {
      throw new Misuse(
          boards.size() + " boards for " + nodes + " nodes", "name one for all, or one for each");
    }
    return boards.size() == nodes ? boards : Collections.nCopies(nodes, boards.get(0));
  }

  private static List<Member> members(
      QuantisedModel model, List<BoardType> boards, PlanOptions options) {
    if (boards.size() > 1 && options.inspection() == PlanOptions.Inspection.TAPS) {
      throw new Misuse("taps on " + boards.size() + " nodes", "look at every op on one node");
    }
    double[] shares =
        options.shares().isEmpty()
            ? Shares.of(boards, model.weightBytes())
            : options.shares().stream().mapToDouble(Double::doubleValue).toArray();
    List<Shard> shards = Partitioner.partition(model.config(), shares, options.stages());
    List<Member> members = new ArrayList<>();
    for (int rank = 0; rank < shards.size(); rank++) {
      BoardType board = boards.get(rank);
      Weights weights = options.weights() == null ? board.weights() : options.weights();
      members.add(new Member(board, weights, shards.get(rank)));
    }
    return members;
  }

  /** The host's SPI port is the root's first: links must be of the other kind. */
  private static void checkHost(Plan plan) {
    BoardType root = plan.members().get(0).board();
    if (plan.host() == LinkKind.SPI && plan.link() == LinkKind.SPI && plan.members().size() > 1) {
      throw new Misuse("a host on SPI beside SPI links", "choose UART links, or a host on UART");
    }
    if (plan.host() == LinkKind.SPI && LinkKind.SPI.ports(root) == 0) {
      throw new Misuse(root.name() + " has no SPI port for the host", "choose a host on UART");
    }
  }

  /** Refuses what a board has too few ports to wire, and names what would do. */
  private static void checkPorts(Plan plan) {
    int rank = shortOfPorts(plan);
    if (rank < 0) {
      return;
    }
    List<String> others = new ArrayList<>();
    for (Topology topology : Topology.values()) {
      if (shortOfPorts(plan.wired(topology, plan.link())) < 0) {
        others.add("--topology " + topology);
      }
    }
    for (LinkKind link : LinkKind.values()) {
      if (shortOfPorts(plan.wired(plan.topology(), link)) < 0) {
        others.add("--link " + link);
      }
    }
    BoardType board = plan.members().get(rank).board();
    throw new Misuse(
        "a %s of %d nodes takes %d %s links at rank %d, and %s has %d"
            .formatted(
                plan.topology(),
                plan.members().size(),
                plan.wiring().links(rank),
                plan.link().name(),
                rank,
                board.name(),
                plan.link().ports(board)),
        "choose " + (others.isEmpty() ? "another board" : String.join(" or ", others)));
  }

  /** The first rank whose board has fewer ports than links; -1 where there is none. */
  private static int shortOfPorts(Plan plan) {
    Wiring wiring = plan.wiring();
    for (int rank = 0; rank < plan.members().size(); rank++) {
      if (wiring.links(rank) > plan.link().ports(plan.members().get(rank).board())) {
        return rank;
      }
    }
    return -1;
  }
}

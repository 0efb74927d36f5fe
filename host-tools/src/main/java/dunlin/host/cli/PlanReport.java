package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.boards.BoardType;
import dunlin.host.compile.Footprint;
import dunlin.host.compile.Layout;
import dunlin.host.compile.LinkTraffic;
import dunlin.host.compile.Listing;
import dunlin.host.compile.NodeImage;
import dunlin.host.compile.PassTraffic;
import dunlin.host.compile.Remedy;
import dunlin.host.compile.Residency;
import dunlin.host.compile.Traffic;
import dunlin.host.compile.Volume;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Slice;
import dunlin.host.wiring.Cable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What {@code plan --json} writes.
 *
 * @param remedies what would fit; nothing where the plan does
 * @param time what a token takes; null where the plan does not fit, or a board's pace is not known
 * @param search how the plan was found; null where it was not looked for
 * @param cables pin to pin, where that is wanted
 */
record PlanReport(
    @JsonUnwrapped PlanSummary plan,
    boolean fits,
    List<Remedy> remedies,
    List<Node> flock,
    TokenTraffic token,
    @JsonInclude(JsonInclude.Include.NON_NULL) TimeReport time,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Cable> cables,
    @JsonInclude(JsonInclude.Include.NON_NULL) SearchReport search) {

  /** This report with how its plan was found. */
  PlanReport with(SearchReport found) {
    return new PlanReport(plan, fits, remedies, flock, token, time, cables, found);
  }

  /** This report with cables. */
  PlanReport with(List<Cable> wired) {
    return new PlanReport(plan, fits, remedies, flock, token, time, wired, search);
  }

  /**
   * A node.
   *
   * @param parent the rank above; -1 for the host
   * @param program null without {@code --listing}, and where the plan does not fit
   */
  record Node(
      int rank,
      int parent,
      String board,
      Slice layers,
      Slice kvHeads,
      Slice columns,
      Slice tokens,
      Flash flash,
      Residency residency,
      List<Ram> ram,
      int ports,
      int ringBytes,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Listing.Line> program) {}

  /** An image. */
  record Flash(long program, long weights, long tables, long bytes, long room) {}

  /** A RAM region. */
  record Ram(String region, long cache, long buffers, long bytes, long room) {}

  /**
   * What goes over the wires to decode a token: the mean over all tokens of the vocabulary, and the
   * extremes.
   *
   * @param topK the draws are among so many; 0 for greedy ones and those among all tokens
   * @param links the link of each node to its parent, by rank
   * @param busiest the rank whose link carries most
   * @param busiestMicroseconds that link is busy
   */
  record TokenTraffic(
      int topK,
      double bytes,
      long leastBytes,
      long mostBytes,
      List<Kind> kinds,
      List<Double> links,
      int busiest,
      double busiestMicroseconds) {

    static TokenTraffic of(Layout layout, Plan plan, int asked) {
      int topK = asked < plan.model().config().vocabulary() ? asked : 0;
      Traffic.Typical typical = layout.traffic().typical(Math.max(1, topK));
      PassTraffic sum = typical.sum();
      double tokens = typical.passes();
      BoardType board = plan.members().get(sum.busiest()).board();
      LinkKind by = sum.busiest() == 0 ? LinkKind.UART : plan.link(); // the console is a UART
      LinkTraffic busiest = sum.links().get(sum.busiest());
      return new TokenTraffic(
          topK,
          sum.total().bytes() / tokens,
          typical.least(),
          typical.most(),
          Arrays.stream(Traffic.Kind.values())
              .map(kind -> Kind.of(kind, sum.of(kind), busiest.of(kind), tokens))
              .toList(),
          sum.links().stream().map(link -> link.total().bytes() / tokens).toList(),
          sum.busiest(),
          1e6 * busiest.total().bytes() / tokens / by.bytesPerSecond(board));
    }
  }

  /** What frames are there for, on all links and on the busiest. */
  record Kind(String kind, double frames, double bytes, double busiestFrames, double busiestBytes) {
    static Kind of(Traffic.Kind kind, Volume all, Volume busiest, double tokens) {
      return new Kind(
          kind.name().toLowerCase(Locale.ROOT),
          all.frames() / tokens,
          all.bytes() / tokens,
          busiest.frames() / tokens,
          busiest.bytes() / tokens);
    }
  }

  static PlanReport of(String model, Plan plan, Layout layout, int topK, boolean listed) {
    List<NodeImage> images = listed && layout.fits() ? layout.images() : List.of();
    return new PlanReport(
        PlanSummary.of(model, plan),
        layout.fits(),
        layout.remedies(),
        IntStream.range(0, plan.members().size())
            .mapToObj(rank -> node(plan, layout.footprints().get(rank), program(images, rank)))
            .toList(),
        TokenTraffic.of(layout, plan, topK),
        TimeReport.of(plan, layout),
        List.of(),
        null);
  }

  private static List<Listing.Line> program(List<NodeImage> images, int rank) {
    return images.isEmpty() ? null : Listing.of("rank " + rank, images.get(rank).bytes()).ops();
  }

  private static Node node(Plan plan, Footprint node, List<Listing.Line> program) {
    Footprint.Flash flash = node.flash();
    return new Node(
        node.rank(),
        plan.wiring().parent(node.rank()),
        node.member().board().name(),
        node.member().shard().layers(),
        node.member().shard().kvGroups(),
        node.member().shard().hidden(),
        node.member().shard().vocabulary(),
        new Flash(flash.program(), flash.weights(), flash.tables(), flash.bytes(), flash.room()),
        node.residency(),
        node.ram().stream()
            .map(r -> new Ram(r.region(), r.cache(), r.buffers(), r.bytes(), r.room()))
            .toList(),
        node.ports(),
        node.ringBytes(),
        program);
  }
}

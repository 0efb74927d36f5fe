package dunlin.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dunlin.boards.Refusal;
import dunlin.host.compile.Footprint;
import dunlin.host.compile.Layout;
import dunlin.host.compile.Listing;
import dunlin.host.compile.NodeImage;
import dunlin.host.compile.Remedy;
import dunlin.host.compile.Residency;
import dunlin.host.compile.Tiling;
import dunlin.host.flock.Progress;
import dunlin.host.forecast.UnknownTime;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Slice;
import dunlin.host.wiring.Cable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@code plan --json} writes.
 *
 * @param remedies what would fit; nothing where the plan does
 * @param encoder of what a decoder has none; null for one
 * @param token what decoding one puts on the wires; null for an encoder
 * @param input what classifying one puts there; null for a decoder
 * @param time what a token or an input takes; null where that is not known
 * @param timeUnknown why it is not; null where it is
 * @param search how the plan was found; null where it was not looked for
 * @param cables pin to pin, where that is wanted
 */
record PlanReport(
    @JsonUnwrapped PlanSummary plan,
    boolean fits,
    List<Remedy> remedies,
    List<Node> flock,
    @JsonInclude(JsonInclude.Include.NON_NULL) EncoderPasses encoder,
    @JsonInclude(JsonInclude.Include.NON_NULL) PassWires token,
    @JsonInclude(JsonInclude.Include.NON_NULL) PassWires input,
    @JsonInclude(JsonInclude.Include.NON_NULL) TimeReport time,
    @JsonInclude(JsonInclude.Include.NON_NULL) String timeUnknown,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Cable> cables,
    @JsonInclude(JsonInclude.Include.NON_NULL) SearchReport search) {

  /** This report with how its plan was found; null where it was not looked for. */
  PlanReport with(SearchReport found) {
    return with(cables, found);
  }

  /** This report with cables. */
  PlanReport with(List<Cable> wired) {
    return with(wired, search);
  }

  private PlanReport with(List<Cable> wired, SearchReport found) {
    return new PlanReport(
        plan, fits, remedies, flock, encoder, token, input, time, timeUnknown, wired, found);
  }

  /** What a pass puts on the wires. */
  PassWires wires() {
    return token == null ? input : token;
  }

  /**
   * A node.
   *
   * @param parent the rank above; -1 for the host
   * @param tiling null for a decoder
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
      @JsonInclude(JsonInclude.Include.NON_NULL) Tiling tiling,
      List<Ram> ram,
      int ports,
      int ringBytes,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Listing.Line> program) {}

  /** An image. */
  record Flash(long program, long weights, long tables, long bytes, long room) {}

  /** A RAM region. */
  record Ram(String region, long cache, long buffers, long bytes, long room) {}

  static PlanReport of(
      String model, Plan plan, Layout layout, int topK, boolean listed, Progress progress) {
    List<NodeImage> images = listed && layout.fits() ? layout.images() : List.of();
    EncoderPasses encoder = EncoderPasses.of(plan);
    PassWires wires = PassWires.of(layout, plan, topK);
    return new PlanReport(
        PlanSummary.of(model, plan),
        layout.fits(),
        layout.remedies(),
        IntStream.range(0, plan.members().size())
            .mapToObj(rank -> node(plan, layout.footprints().get(rank), program(images, rank)))
            .toList(),
        encoder,
        encoder == null ? wires : null,
        encoder == null ? null : wires,
        TimeReport.of(plan, layout, progress),
        UnknownTime.of(plan, layout).map(Refusal::getMessage).orElse(null),
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
        node.tiling().orElse(null),
        node.ram().stream()
            .map(r -> new Ram(r.region(), r.cache(), r.buffers(), r.bytes(), r.room()))
            .toList(),
        node.ports(),
        node.ringBytes(),
        program);
  }
}

package dunlin.host.run;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.TransformerShape;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A random flock of emulated boards; it is cut to what a model can be divided into. */
record SmallFlock(
    List<Node> nodes,
    Topology topology,
    LinkKind link,
    int stages,
    int chunk,
    Inspection inspection,
    Schedule schedule) {
  private static final BoardType EMULATED = BoardTypes.named("emulated");

  /** A node: its share, and the layout of its weights. */
  record Node(double share, Weights weights) {}

  /** Five at a time. */
  static Arbitrary<List<SmallFlock>> lists() {
    Arbitrary<Node> nodes =
        Combinators.combine(Arbitraries.of(1.0, 2.0, 0.25, 7.0), Arbitraries.of(Weights.class))
            .as(Node::new);
    return Combinators.combine(
            nodes.list().ofMinSize(1).ofMaxSize(17),
            Arbitraries.of(Topology.class),
            Arbitraries.of(LinkKind.class),
            Arbitraries.of(1, 1, 2, 3),
            Arbitraries.of(1, 2, 4, 16),
            Arbitraries.of(Inspection.NONE, Inspection.ALL_LOGITS),
            Arbitraries.of(Schedule.class))
        .as(SmallFlock::new)
        .list()
        .ofSize(5);
  }

  PlanOptions options(LlamaConfig config) {
    int context = config.context();
    return options(config, new PlanOptions(context, Math.min(chunk, context), null, inspection));
  }

  /** Those for an encoder, which sees all of a sequence at once. */
  PlanOptions options(EncoderConfig config) {
    return options(config, PlanOptions.DEFAULT);
  }

  private PlanOptions options(TransformerShape config, PlanOptions alone) {
    List<Node> some = some(config);
    return alone
        .split(some.stream().map(Node::share).toList(), topology)
        .with(link)
        .with(schedule)
        .staged(Math.min(stages, Math.min(config.layers(), some.size())));
  }

  List<BoardType> boards(TransformerShape config) {
    return some(config).stream().map(node -> EMULATED.with(node.weights())).toList();
  }

  private List<Node> some(TransformerShape config) {
    return nodes.subList(0, Math.min(nodes.size(), config.hidden()));
  }
}

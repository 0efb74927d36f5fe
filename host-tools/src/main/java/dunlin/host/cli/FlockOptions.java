package dunlin.host.cli;

import dunlin.boards.Refusal;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Topology;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How many boards, what each holds, and how they are wired. None of it changes a bit of a text. */
final class FlockOptions {
  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      converter = CountConverter.class,
      description = "Boards that share the model; 1 by default.")
  private int nodes;

  @Option(
      names = "--split",
      paramLabel = "S",
      split = ",",
      description = "What each holds, in proportion, as 3,2,1.")
  private List<Double> split = List.of();

  @Option(
      names = "--topology",
      paramLabel = "T",
      defaultValue = "tree",
      converter = TopologyConverter.class,
      description = "tree, chain or ring.")
  private Topology topology;

  @Option(
      names = "--link",
      paramLabel = "L",
      defaultValue = "uart",
      description = "What links them: uart or spi.")
  private LinkKind link;

  /** {@code options} for this flock. */
  PlanOptions of(PlanOptions options) {
    return shared(options).with(link);
  }

  private PlanOptions shared(PlanOptions options) {
    if (split.isEmpty()) {
      return options.nodes(nodes, topology);
    }
    if (nodes > 1 && split.size() != nodes) {
      throw new Refusal(
          "--split has " + split.size() + " parts for " + nodes + " nodes",
          "give one number for each node");
    }
    if (split.stream().anyMatch(share -> !(share > 0 && share < Double.POSITIVE_INFINITY))) {
      throw new Refusal("--split " + split, "give numbers above 0");
    }
    return options.split(split, topology);
  }

  static final class TopologyConverter implements ITypeConverter<Topology> {
    @Override
    public Topology convert(String name) {
      try {
        return Topology.named(name);
      } catch (Refusal refusal) {
        throw new TypeConversionException(refusal.getMessage());
      }
    }
  }
}

package dunlin.host.cli;

import dunlin.boards.Refusal;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
      converter = SplitConverter.class,
      description = "What each holds, in proportion, as 3,2,1.")
  private Split split = new Split(List.of());

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
      converter = LinkConverter.class,
      description = "What links them: uart or spi.")
  private LinkKind link;

  /** How many boards. */
  int nodes() {
    return split.shares().isEmpty() ? nodes : split.shares().size();
  }

  /** {@code options} for this flock. */
  PlanOptions of(PlanOptions options) {
    return shared(options).with(link);
  }

  private PlanOptions shared(PlanOptions options) {
    List<Double> shares = split.shares();
    if (shares.isEmpty()) {
      return options.nodes(nodes, topology);
    }
    if (nodes > 1 && shares.size() != nodes) {
      throw new Refusal(
          "--split has " + shares.size() + " parts for " + nodes + " nodes",
          "give one number for each node");
    }
    return options.split(shares, topology);
  }

  /** What each board holds, in proportion; empty for equal parts. */
  record Split(List<Double> shares) {}

  static final class SplitConverter implements ITypeConverter<Split> {
    @Override
    public Split convert(String text) {
      return new Split(Arrays.stream(text.split(",", -1)).map(SplitConverter::share).toList());
    }

    private static double share(String text) {
      try {
        double share = Double.parseDouble(text);
        if (share > 0 && share < Double.POSITIVE_INFINITY) {
          return share;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new TypeConversionException(
          "'" + text + "' is not a number above 0; give one for each node, as 3,2,1");
    }
  }

  static final class LinkConverter implements ITypeConverter<LinkKind> {
    @Override
    public LinkKind convert(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "uart" -> LinkKind.UART;
        case "spi" -> LinkKind.SPI;
        default -> throw new TypeConversionException("'" + name + "' is neither uart nor spi");
      };
    }
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

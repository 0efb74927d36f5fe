package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Topology;
import dunlin.host.rig.Rig;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How many boards, what each holds, and how they are wired. None of it changes a bit of a text. */
final class FlockOptions {
  @Mixin private RigOption rig;
  @Mixin private BoardOptions board;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      converter = NodesConverter.class,
      description = "How many boards share the model.")
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
      converter = TopologyConverter.class,
      description = "tree, chain or ring.")
  private Topology topology = Topology.TREE;

  @Option(
      names = "--stages",
      paramLabel = "G",
      converter = CountConverter.class,
      description = "Groups of them, each with some of the blocks.")
  private int stages = 1;

  @Option(
      names = "--link",
      paramLabel = "L",
      converter = LinkConverter.class,
      description = "What links them: uart or spi.")
  private LinkKind link = LinkKind.UART;

  /**
   * The board of each rank.
   *
   * @param otherwise what holds for all that is not said
   */
  List<BoardType> boards(DefaultFlock otherwise) {
    return rig.rig().map(Rig::types).orElseGet(() -> named(otherwise));
  }

  private List<BoardType> named(DefaultFlock otherwise) {
    List<BoardType> named = board.boards(otherwise);
    int count = count(otherwise);
    if (named.size() > 1 && named.size() != count) {
      throw new Misuse(
          "--board names " + named.size() + " boards for " + count + " nodes",
          "name one for all, or one for each");
    }
    return named.size() > 1 ? named : Collections.nCopies(count, named.get(0));
  }

  /** What is asked of the plan. */
  PlanOptions options(DefaultFlock otherwise) {
    return rig.rig()
        .map(this::options)
        .orElseGet(() -> nodes(count(otherwise), topology).with(link).staged(stages));
  }

  private PlanOptions options(Rig of) {
    PlanOptions options =
        nodes(count(of.boards().size()), of.topology())
            .with(of.link())
            .staged(of.stages())
            .hostedBy(of.host());
    return options.context() == 0 && of.context() != null
        ? options.withContext(of.context())
        : options;
  }

  private PlanOptions nodes(int count, Topology wired) {
    return split.shares().isEmpty()
        ? board.plan().nodes(count, wired)
        : board.plan().split(split.shares(), wired);
  }

  /** Where it runs. */
  Venue venue() {
    return rig.venue();
  }

  /** The model that a rig file names. */
  Optional<String> model() {
    return rig.rig().map(Rig::model);
  }

  /** As many as {@code --nodes} says, or else as there are shares, or boards. */
  private int count(DefaultFlock otherwise) {
    int shares = split.shares().size();
    int named = board.boards(otherwise).size();
    if (automatic()) {
      throw new Misuse("--nodes auto", "ask plan, and give the options that it prints");
    }
    if (nodes > 0) {
      return count(nodes);
    }
    return shares > 0 ? shares : named > 1 ? named : otherwise.nodes();
  }

  /** Whether the number of boards, and how they are wired, is to be found. */
  boolean automatic() {
    return nodes == NodesConverter.AUTO;
  }

  /** What holds for any flock, where one is to be found. */
  PlanOptions anyFlock() {
    return board.plan();
  }

  /** The type of board, where a flock is to be found. */
  BoardType anyBoard(DefaultFlock otherwise) {
    List<BoardType> named = board.boards(otherwise);
    if (named.size() > 1 || !split.shares().isEmpty()) {
      throw new Misuse(
          "--nodes auto with " + (named.size() > 1 ? "several boards" : "--split"),
          "name one --board, and leave the rest to the search");
    }
    return named.get(0);
  }

  /** So many, which a split must have parts for. */
  private int count(int wanted) {
    int shares = split.shares().size();
    if (shares > 0 && shares != wanted) {
      throw new Misuse(
          "--split has " + shares + " parts for " + wanted + " nodes",
          "give one number for each node");
    }
    return wanted;
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

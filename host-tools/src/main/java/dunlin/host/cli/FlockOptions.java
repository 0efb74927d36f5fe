package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import dunlin.host.rig.Rig;
import dunlin.host.search.Supply;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How many boards, what each holds, and how they are wired. None of it changes a bit of a text. */
final class FlockOptions {
  /** What a search chooses. */
  private static final List<String> CHOSEN =
      List.of("--split", "--topology", "--stages", "--link", "--schedule", "--fetch");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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
      description = "tree, tree-2 to tree-6, chain or ring.")
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

  @Option(
      names = "--schedule",
      paramLabel = "H",
      converter = ScheduleConverter.class,
      description = "How sums travel: flowing, overlapped or messages.")
  private Schedule schedule = Schedule.FLOWING;

  @Option(
      names = "--fetch",
      paramLabel = "F",
      hidden = true, // few boards have memory off the chip: docs/time.md
      converter = FetchConverter.class,
      description = "How much is fetched ahead: blocks or parts.")
  private Fetch fetch = Fetch.BLOCKS;

  /**
   * The board of each rank.
   *
   * @param otherwise what holds for all that is not said
   */
  List<BoardType> boards(DefaultFlock otherwise) {
    if (automatic()) {
      throw new Misuse("--nodes auto", "ask plan, and give the options that it prints");
    }
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
        nodes(count(of.boards().size()), of.topology()).with(of.link()).staged(of.stages());
    return within(of, options);
  }

  /** What a rig says beside its boards and wires. */
  private static PlanOptions within(Rig of, PlanOptions options) {
    return options.context() == 0 && of.context() != null
        ? options.hostedBy(of.host()).withContext(of.context())
        : options.hostedBy(of.host());
  }

  private PlanOptions nodes(int count, Topology wired) {
    return split.shares().isEmpty()
        ? asked().nodes(count, wired)
        : asked().split(split.shares(), wired);
  }

  /** What is asked of any plan of these boards. */
  private PlanOptions asked() {
    return board.plan().with(schedule).with(fetch);
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
    return rig.rig().map(of -> within(of, board.plan())).orElseGet(board::plan);
  }

  /**
   * The boards, where a flock is to be found: a rig's as they stand and are wired, or as many as it
   * takes.
   *
   * @param most boards that there may be
   */
  Supply supply(DefaultFlock otherwise, int most) {
    for (String option : CHOSEN) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new Misuse("--nodes auto with " + option, "leave the choice to the search");
      }
    }
    return rig.rig()
        .<Supply>map(of -> new Supply.Wired(of.types(), of.topology(), of.link(), of.stages()))
        .orElseGet(() -> new Supply.Types(board.boards(otherwise), most));
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

  static final class ScheduleConverter implements ITypeConverter<Schedule> {
    @Override
    public Schedule convert(String name) {
      return Arrays.stream(Schedule.values())
          .filter(schedule -> schedule.toString().equals(name.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + name + "' is none of flowing, overlapped, messages"));
    }
  }

  static final class FetchConverter implements ITypeConverter<Fetch> {
    @Override
    public Fetch convert(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "blocks" -> Fetch.BLOCKS;
        case "parts" -> Fetch.PARTS;
        default -> throw new TypeConversionException("'" + name + "' is neither blocks nor parts");
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

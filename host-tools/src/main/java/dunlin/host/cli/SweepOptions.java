package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.checkpoint.ModelShape;
import dunlin.host.flock.ImportedNetwork;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Outline;
import dunlin.host.search.Objective;
import dunlin.host.sweep.SweepBoard;
import dunlin.host.sweep.SweepGrid;
import dunlin.host.sweep.SweepModel;
import dunlin.host.sweep.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What is swept: models, boards and flocks. */
final class SweepOptions {
  @Option(
      names = "--model",
      paramLabel = "M",
      split = ",",
      description = "Paths, or names in models/; stint by default.")
  private List<String> models = List.of();

  @Option(
      names = "--shape",
      paramLabel = "S",
      split = ",",
      description = "Models without weights: config.json, stories42M.")
  private List<String> shapes = List.of();

  @Option(
      names = "--board",
      paramLabel = "B",
      split = ",",
      converter = BoardConverter.class,
      description = "Types of board, or their files; list shows all.")
  private List<BoardType> boards = List.of(BoardTypes.named(DefaultFlock.BUNDLED.board()));

  @Option(
      names = "--nodes",
      paramLabel = "N",
      converter = CountsConverter.class,
      defaultValue = "1..64",
      description = "How many, as 1,3,8..64,auto; the dots double.")
  private CountsConverter.Counts nodes;

  @Option(
      names = "--topology",
      paramLabel = "T",
      split = ",",
      converter = FlockOptions.TopologyConverter.class,
      description = "tree, chain, ring; auto tries all.")
  private List<Topology> topologies = List.of(Topology.TREE);

  @Option(
      names = "--link",
      paramLabel = "L",
      split = ",",
      converter = FlockOptions.LinkConverter.class,
      description = "uart, spi; auto tries both.")
  private List<LinkKind> links = List.of(LinkKind.UART);

  @Option(
      names = "--stages",
      paramLabel = "G",
      split = ",",
      converter = CountConverter.class,
      description = "Groups of nodes, each with some of the blocks.")
  private List<Integer> stages = List.of(1);

  @Option(
      names = "--objective",
      paramLabel = "O",
      split = ",",
      converter = SearchOptions.ObjectiveConverter.class,
      description = "For auto: latency, energy, boards.")
  private List<Objective> objectives = List.of(Objective.LATENCY);

  @Option(
      names = "--most",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "For auto: boards at most, or 64.")
  private int most = 64;

  @Option(
      names = "--context",
      paramLabel = "C",
      converter = CountConverter.class,
      description = "Tokens the caches hold, or each model's limit.")
  private int context;

  /** All that is named. */
  SweepGrid grid() {
    List<Wanted> flocks =
        new ArrayList<>(SweepGrid.given(nodes.given(), topologies, links, stages));
    if (nodes.automatic()) {
      flocks.addAll(SweepGrid.best(objectives, most));
    }
    return new SweepGrid(models(), boards.stream().map(SweepBoard::of).toList(), flocks, context);
  }

  private List<SweepModel> models() {
    boolean none = models.isEmpty() && shapes.isEmpty();
    List<String> imported = none ? List.of(ModelOptions.BUNDLED) : models;
    return Stream.concat(
            imported.stream().map(SweepOptions::imported),
            shapes.stream().map(SweepOptions::outline))
        .toList();
  }

  private static SweepModel imported(String name) {
    ImportedNetwork source = ImportedNetwork.read(name, new ProgressBars());
    return SweepModel.of(source.name(), source.quantised(null, new ProgressBars()));
  }

  private static SweepModel outline(String name) {
    ModelShape shape = ModelShape.of(name);
    return SweepModel.of(shape.name(), Outline.of(shape.name(), shape.config(), shape.tied()));
  }
}

package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import java.util.List;
import picocli.CommandLine.Option;

/** The boards, and what may be chosen about the images on them; none of it changes a text. */
final class BoardOptions {
  @Option(
      names = "--board",
      paramLabel = "B",
      split = ",",
      converter = BoardConverter.class,
      completionCandidates = BoardConverter.Names.class,
      description = "A type of board, or its file; list shows all.")
  private List<BoardType> boards = List.of();

  @Option(
      names = "--context",
      paramLabel = "C",
      converter = CountConverter.class,
      description = "Tokens the caches hold, or the model's limit.")
  private int context;

  @Option(
      names = "--chunk",
      paramLabel = "R",
      converter = CountConverter.class,
      description = "Most tokens of the prompt in one pass.")
  private int chunk;

  @Option(
      names = "--weights",
      paramLabel = "W",
      converter = WeightsConverter.class,
      description = "plain, packed or helium; by default the board's.")
  private BoardType.Weights weights;

  /** One board for all ranks, or one for each. */
  List<BoardType> boards(DefaultFlock otherwise) {
    return boards.isEmpty() ? List.of(BoardTypes.named(otherwise.board())) : boards;
  }

  PlanOptions plan() {
    return new PlanOptions(context, chunk, weights, Inspection.NONE);
  }
}

package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The boards, and what may be chosen about the images on them; none of it changes a text. */
final class BoardOptions {
  @Option(
      names = "--board",
      paramLabel = "B",
      defaultValue = "emulated",
      converter = Converter.class,
      completionCandidates = Names.class,
      description = "${COMPLETION-CANDIDATES}; or each: B,B,B.")
  private Boards boards;

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
      description = "plain or packed; by default what suits the board.")
  private BoardType.Weights weights;

  /** One board for all ranks, or one for each. */
  List<BoardType> boards() {
    return boards.types();
  }

  PlanOptions plan() {
    return new PlanOptions(context, chunk, weights, Inspection.NONE);
  }

  /** What was named. */
  record Boards(List<BoardType> types) {}

  static final class Converter implements ITypeConverter<Boards> {
    @Override
    public Boards convert(String names) {
      try {
        return new Boards(Arrays.stream(names.split(",", -1)).map(BoardTypes::named).toList());
      } catch (Refusal refusal) {
        throw new TypeConversionException(refusal.getMessage());
      }
    }
  }

  static final class Names implements Iterable<String> {
    private static final List<String> NAMES = BoardTypes.NAMES;

    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }
}

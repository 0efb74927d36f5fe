package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.qemu.QemuBoards;
import dunlin.host.bench.Replays.Replay;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures what ops take on a board's core, as functions of their sizes: random models of many
 * shapes, on one node and on several, are run as {@link TokenBench} runs a token, ops that these do
 * not have are called by themselves, and factors are fitted to what each op took.
 */
public final class CostBench {
  private CostBench() {}

  /**
   * Measures every op that programs have.
   *
   * @param board one of {@link BoardTypes#measurable}
   */
  public static List<CostMeasurement> measure(BoardType board) {
    QemuBoards.check(board, 0);
    BenchFirmware.replaying(board);
    Stream<CostSample> specimens =
        Stream.concat(DecoderSpecimens.on(board), EncoderSpecimens.on(board))
            .parallel()
            .flatMap(CostBench::samples);
    return CostFit.of(Stream.concat(specimens, LoneOps.samples(board).stream()).toList());
  }

  private static Stream<CostSample> samples(Specimen specimen) {
    List<Replay> replays = Replays.of(specimen.plan(), specimen.exercise());
    return replays.stream().flatMap(replay -> CostSamples.of(replay, specimen.passes()).stream());
  }
}

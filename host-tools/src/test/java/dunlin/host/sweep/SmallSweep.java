package dunlin.host.sweep;

import dunlin.boards.BoardTypes;
import dunlin.host.flock.Progress;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.Outline;
import dunlin.host.search.Objective;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A sweep that tests can afford. */
final class SmallSweep {
  static final SweepBoard BOARD = board("stm32f405");

  private SmallSweep() {}

  /** A model's outline. */
  static SweepModel model(String name, int hidden) {
    LlamaConfig config = new LlamaConfig(32, hidden, 2, 4, 2, 8, 64, 64, 1e-5, 10_000);
    return SweepModel.of(name, Outline.of(name, config, true));
  }

  static SweepBoard board(String name) {
    return SweepBoard.of(BoardTypes.named(name));
  }

  static Collection<SweepPoint> points() {
    return points(model("small", 64), BOARD);
  }

  static Collection<SweepPoint> points(SweepModel model, SweepBoard board) {
    List<Wanted> flocks =
        new ArrayList<>(
            SweepGrid.given(
                List.of(1, 2, 4, 8),
                List.of(Topology.TREE, Topology.CHAIN),
                List.of(LinkKind.UART),
                List.of(1, 2)));
    flocks.addAll(SweepGrid.best(List.of(Objective.LATENCY, Objective.ENERGY), 2));
    return new SweepGrid(List.of(model), List.of(board), flocks, 0).points();
  }

  /** Sweeps, and writes what came out to the file. */
  static List<SweepRow> run(Collection<SweepPoint> points, Path file, int threads) {
    try (Journal journal = Journal.open(file, points)) {
      List<SweepRow> rows = Sweep.run(points, journal, threads, Progress.NONE);
      Files.write(file, SweepCsv.file(rows));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

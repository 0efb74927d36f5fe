package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.aot.Firmware;
import dunlin.boards.aot.FirmwareBuild;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Firmware that measures: built when it is first asked for, kept for whatever else is measured on
 * such a board, and gone when the program ends. To be asked for before work goes on in parallel: a
 * build does so itself, and would wait for what waits for it.
 */
final class BenchFirmware {
  private static final BenchFirmware CALLS = new BenchFirmware(FirmwareBuild::benchmark);
  private static final BenchFirmware REPLAYS = new BenchFirmware(FirmwareBuild::replay);

  private final Map<BoardType, Path> built = new ConcurrentHashMap<>();
  private final BiFunction<BoardType, Path, Firmware> build;

  private BenchFirmware(BiFunction<BoardType, Path, Firmware> build) {
    this.build = build;
  }

  /** The ELF file that calls a kernel. */
  static Path calling(BoardType board) {
    return CALLS.of(board);
  }

  /** The ELF file that runs a node with a tape in the place of its peers. */
  static Path replaying(BoardType board) {
    return REPLAYS.of(board);
  }

  private Path of(BoardType board) {
    return built.computeIfAbsent(
        board, type -> build.apply(type, new TemporaryFolder("dunlin-bench").path()).elf());
  }
}

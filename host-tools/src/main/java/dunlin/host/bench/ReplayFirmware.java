package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.aot.FirmwareBuild;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Firmware that replays, for each type of board; built when it is first asked for. */
final class ReplayFirmware implements AutoCloseable {
  private final TemporaryFolder folder = new TemporaryFolder("dunlin-bench");
  private final Map<BoardType, Path> built = new HashMap<>();

  /** The ELF file for a type of board; there until this is closed. */
  Path of(BoardType board) {
    return built.computeIfAbsent(board, type -> FirmwareBuild.replay(type, folder.path()).elf());
  }

  @Override
  public void close() {
    folder.close();
  }
}

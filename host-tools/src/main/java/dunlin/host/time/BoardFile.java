package dunlin.host.time;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Performance;
import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A board of somebody's own: a TOML file as those that come with Dunlin, but without a chip, so it
 * can be planned and emulated.
 */
public final class BoardFile {
  private static final String REMEDY = "docs/time.md shows such a file";

  /** No board file is that long. */
  private static final long MOST_BYTES = 1 << 20;

  private BoardFile() {}

  /**
   * Reads a board file.
   *
   * @throws Refusal if it is not there, or anything in it, or in the table of its core, is wrong
   */
  public static BoardType read(Path file) {
    BoardType board = BoardTypes.read(file.toString(), text(file));
    if (BoardTypes.NAMES.contains(board.name())) {
      throw new Refusal(
          file + ", name: " + board.name() + " comes with Dunlin", "choose another name");
    }
    if (board.chip() != null) {
      throw new Refusal(
          file + ", chip: firmware is built for boards that come with Dunlin", "leave it out");
    }
    return board.performance() == null ? board : board.with(beside(file, board.performance()));
  }

  /** A core's table is looked for beside the board's file. */
  private static Performance beside(Path file, Performance performance) {
    boolean path = performance.core().endsWith(".toml");
    String core = path ? file.resolveSibling(performance.core()).toString() : performance.core();
    CoreCosts.named(core);
    return performance.withCore(core);
  }

  private static String text(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw new Refusal(file + ": no board file is there", REMEDY);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }
}

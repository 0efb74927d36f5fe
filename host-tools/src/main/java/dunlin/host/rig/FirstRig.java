package dunlin.host.rig;

import dunlin.boards.Uid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** First rig files, from what was found: what is not known yet is said in comments. */
public final class FirstRig {
  private final Map<Integer, FoundBoard> byRank = new LinkedHashMap<>();
  private final List<FoundBoard> surplus = new ArrayList<>();
  private final int boards;

  private FirstRig(int boards) {
    this.boards = boards;
  }

  /**
   * Gives each board that was found a rank: that of its microcontroller in the rig file, or else
   * the one that its node has, or else the next that is free.
   *
   * @param boards how many the rig has
   * @param known the rig file that is there; empty where none is
   */
  public static FirstRig of(int boards, List<FoundBoard> found, Optional<Rig> known) {
    FirstRig rig = new FirstRig(boards);
    List<FoundBoard> others = new ArrayList<>();
    for (FoundBoard board : found) {
      Integer rank = known.flatMap(file -> rank(file, board.uid())).orElse(board.rank());
      if (rank == null || rank >= boards || rig.byRank.putIfAbsent(rank, board) != null) {
        others.add(board);
      }
    }
    others.forEach(rig::placeAnywhere);
    return rig;
  }

  private static Optional<Integer> rank(Rig file, Uid uid) {
    return uid == null ? Optional.empty() : file.board(uid).map(RigBoard::rank);
  }

  private void placeAnywhere(FoundBoard board) {
    for (int rank = 0; rank < boards; rank++) {
      if (byRank.putIfAbsent(rank, board) == null) {
        return;
      }
    }
    surplus.add(board);
  }

  /** The text of {@code rig.toml}. */
  public String rig(String boardType) {
    StringBuilder toml =
        new StringBuilder(
            """
            # What this flock is; docs/rigs.md tells of every key. Which port is which board stands in the
            # local file beside this one.
            topology = "tree"
            link = "uart"
            """);
    for (int rank = 0; rank < boards; rank++) {
      FoundBoard board = byRank.get(rank);
      toml.append("\n[[boards]]\nrank = %d\ntype = \"%s\"\n".formatted(rank, boardType));
      toml.append(
          board == null || board.uid() == null
              ? "# uid = \"24 hexadecimal digits\", once they are known: dunlin doctor shows them\n"
              : "uid = \"" + board.uid() + "\"\n");
    }
    return toml.toString();
  }

  /** The text of {@code rig.local.toml}. */
  public String desk() {
    StringBuilder toml =
        new StringBuilder("# Which port is which board, on this desk: not for the repository.\n");
    if (byRank.isEmpty()) {
      toml.append("# No board was found. dunlin ports lists what there is:\n");
      toml.append("# [[ports]]\n# rank = 0\n# port = \"VID:PID:SERIAL\", or a path\n");
    }
    byRank.keySet().stream().sorted().forEach(rank -> port(toml, rank));
    surplus.forEach(board -> toml.append("\n# and %s: %s\n".formatted(board.port(), board.what())));
    return toml.toString();
  }

  private void port(StringBuilder toml, int rank) {
    FoundBoard board = byRank.get(rank);
    toml.append(
        "\n[[ports]] # %s%nrank = %d%s%nport = \"%s\"%n"
            .formatted(board.what(), rank, isGuess(rank) ? " # a guess" : "", board.port()));
  }

  private boolean isGuess(int rank) {
    return !Objects.equals(byRank.get(rank).rank(), rank);
  }
}

package dunlin.host.rig;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Uid;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import java.util.List;
import java.util.Optional;

/**
 * What a flock on the desk is: {@code rig.toml}, for everybody who builds it.
 *
 * @param model that it runs where the command line names none; null for the one that comes with
 *     Dunlin
 * @param context tokens that the caches hold; null for the model's limit
 * @param topology how the boards are wired
 * @param link by what
 * @param stages pipeline stages
 * @param host by what the host is linked to rank 0
 * @param baud of every UART; null for what the boards' types say
 * @param trust whose images the boards may get; null for anybody's
 * @param boards by rank
 */
public record Rig(
    String model,
    Integer context,
    Topology topology,
    LinkKind link,
    Integer stages,
    LinkKind host,
    Integer baud,
    Trust trust,
    @JsonProperty(required = true) List<RigBoard> boards) {

  /** What the file leaves out is what the command line does by default. */
  public Rig {
    topology = topology == null ? Topology.TREE : topology;
    link = link == null ? LinkKind.UART : link;
    stages = stages == null ? 1 : stages;
    host = host == null ? LinkKind.UART : host;
    boards = List.copyOf(boards);
  }

  /** The board types by rank, at the rig's baud rate. */
  public List<BoardType> types() {
    return boards.stream().map(this::type).toList();
  }

  private BoardType type(RigBoard board) {
    BoardType type = BoardTypes.named(board.type());
    return baud == null ? type : type.withBaud(baud);
  }

  /** The board of a microcontroller. */
  public Optional<RigBoard> board(Uid uid) {
    return boards.stream().filter(board -> uid.equals(board.uid())).findFirst();
  }
}

package dunlin.host.cli;

import dunlin.boards.Uid;
import dunlin.host.run.LinkStatus;
import dunlin.host.run.NodeIdentity;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.ToLongFunction;

/** How a flock's nodes fared between two looks, a row for each. */
final class MonitorTable {
  private final List<NodeIdentity> nodes;
  private final List<LinkStatus> before;
  private final List<LinkStatus> now;
  private final double seconds;

  /** What was seen first, and so many seconds later. */
  MonitorTable(
      List<NodeIdentity> nodes, List<LinkStatus> before, List<LinkStatus> now, double seconds) {
    this.nodes = nodes;
    this.before = before;
    this.now = now;
    this.seconds = seconds;
  }

  /** As many lines as nodes, and one. */
  void print(PrintWriter out) {
    Table table =
        new Table(3)
            .row("node", "UID", "state", "frames", "again", "errors", "errors/s", "bytes/s");
    nodes.forEach(node -> table.row(row(node)));
    table.print(out);
  }

  private List<String> row(NodeIdentity node) {
    int rank = node.rank();
    return List.of(
        String.valueOf(rank),
        Uid.of(node.uid()).toString(),
        state(rank),
        Numerals.grouped(sum(now, rank, LinkStatus::framesSent)),
        Numerals.grouped(sum(now, rank, LinkStatus::framesResent)),
        Numerals.grouped(sum(now, rank, MonitorTable::errors)),
        perSecond(rank, MonitorTable::errors),
        perSecond(rank, LinkStatus::bytesSent));
  }

  private String state(int rank) {
    long up = sum(now, rank, LinkStatus::uptimeMillis);
    boolean wasReset = up < sum(before, rank, LinkStatus::uptimeMillis);
    return wasReset ? "was reset" : "up";
  }

  private static long errors(LinkStatus link) {
    return link.crcErrors() + link.portErrors();
  }

  /** Of a node that was reset: since then. */
  private String perSecond(int rank, ToLongFunction<LinkStatus> what) {
    long sum = sum(now, rank, what);
    long gained = sum - sum(before, rank, what);
    return Numerals.grouped(Math.round((gained < 0 ? sum : gained) / seconds));
  }

  private static long sum(List<LinkStatus> links, int rank, ToLongFunction<LinkStatus> what) {
    return links.stream().filter(link -> link.rank() == rank).mapToLong(what).sum();
  }
}

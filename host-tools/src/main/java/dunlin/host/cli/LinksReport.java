package dunlin.host.cli;

import dunlin.host.flock.Flock;
import dunlin.host.run.LinkStatus;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How a flock's links have fared.
 *
 * @param links each as both of its ends saw it, the host's end apart
 * @param rejoins how often the flock was lost and brought back
 * @param faults how many were made to happen
 */
record LinksReport(List<LinkStatus> links, int rejoins, long faults) {
  static LinksReport of(Flock boards) {
    List<LinkStatus> links = boards.links();
    return new LinksReport(links, boards.rejoins(), boards.faults());
  }

  /** For people. */
  String inWords() {
    return "%s faults; %s frames went again, %s times bytes were no frame, %s times the flock was lost"
        .formatted(
            Numerals.grouped(faults),
            Numerals.grouped(sum(LinkStatus::framesResent)),
            Numerals.grouped(sum(LinkStatus::crcErrors)),
            Numerals.grouped(rejoins));
  }

  private long sum(ToLongFunction<LinkStatus> what) {
    return links.stream().mapToLong(what).sum();
  }
}

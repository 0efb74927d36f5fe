package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.host.plan.Fetch;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Topology;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way to build a flock.
 *
 * @param boards by rank
 * @param topology how those of a stage are wired
 * @param link by what
 * @param stages pipeline stages
 * @param shares what each board holds, in proportion
 * @param schedule when sums travel
 * @param fetch how much is fetched ahead from memory off the chip
 * @param chunk most rows of a pass
 */
public record Candidate(
    List<BoardType> boards,
    Topology topology,
    LinkKind link,
    int stages,
    List<Double> shares,
    Schedule schedule,
    Fetch fetch,
    int chunk) {
  /** Digits of a share: as many as anybody types. */
  private static final MathContext DIGITS = new MathContext(3);

  /** In equal parts, and frames that flow. */
  static Candidate of(
      List<BoardType> boards, Topology topology, LinkKind link, int stages, int chunk) {
    List<Double> equal = Collections.nCopies(boards.size(), 1.0);
    return new Candidate(
        boards, topology, link, stages, equal, Schedule.FLOWING, Fetch.BLOCKS, chunk);
  }

  /** How many boards. */
  public int nodes() {
    return boards.size();
  }

  /** These choices, and all else as it is asked. */
  public PlanOptions on(PlanOptions asked) {
    return asked
        .split(shares, topology)
        .with(link)
        .staged(stages)
        .with(schedule)
        .with(fetch)
        .withChunk(chunk);
  }

  /** What the root holds where the others hold 1 on average. */
  public double rootShare() {
    double others = shares.stream().skip(1).mapToDouble(Double::doubleValue).average().orElse(1);
    return nodes() == 1 ? 1 : rounded(shares.get(0) / others);
  }

  /** This one with so many times as much for the root. */
  Candidate timesRootShare(double factor) {
    List<Double> other = new ArrayList<>(shares);
    other.set(0, rounded(shares.get(0) * factor));
    return new Candidate(boards, topology, link, stages, other, schedule, fetch, chunk);
  }

  /** This one with other shares, of which only the proportion counts. */
  Candidate sharing(double[] other) {
    double largest = Arrays.stream(other).max().orElseThrow();
    List<Double> rounded = Arrays.stream(other).mapToObj(s -> rounded(s / largest)).toList();
    return new Candidate(boards, topology, link, stages, rounded, schedule, fetch, chunk);
  }

  /** This one with more or fewer boards like its last. */
  Candidate withNodes(int count) {
    return new Candidate(
        resized(boards, count),
        topology,
        link,
        stages,
        resized(shares, count),
        schedule,
        fetch,
        chunk);
  }

  private static <T> List<T> resized(List<T> list, int count) {
    int kept = Math.min(count, list.size());
    List<T> resized = new ArrayList<>(list.subList(0, kept));
    resized.addAll(Collections.nCopies(count - kept, list.get(list.size() - 1)));
    return resized;
  }

  /** This one wired in another way. */
  Candidate wired(Topology otherTopology, LinkKind otherLink) {
    return new Candidate(boards, otherTopology, otherLink, stages, shares, schedule, fetch, chunk);
  }

  /** This one with another schedule. */
  Candidate with(Schedule other) {
    return new Candidate(boards, topology, link, stages, shares, other, fetch, chunk);
  }

  /** This one with more or less fetched ahead. */
  Candidate with(Fetch other) {
    return new Candidate(boards, topology, link, stages, shares, schedule, other, chunk);
  }

  /** This one with other chunks. */
  Candidate withChunk(int other) {
    return new Candidate(boards, topology, link, stages, shares, schedule, fetch, other);
  }

  private static double rounded(double share) {
    return new BigDecimal(share, DIGITS).doubleValue();
  }

  /** What the command line says for the boards, by name. */
  String boardOption() {
    List<String> names = boards.stream().map(BoardType::name).toList();
    return "--board "
        + (names.stream().distinct().count() == 1 ? names.get(0) : String.join(",", names));
  }

  /** What the command line says for how many boards there are, and their wires. */
  String wireOptions() {
    return nodes() == 1
        ? "--nodes 1"
        : "--nodes "
            + nodes()
            + " --topology "
            + topology
            + " --link "
            + link
            + (stages == 1 ? "" : " --stages " + stages);
  }

  /**
   * What the command line says for all else, where it is not what it is by default.
   *
   * @param usualChunk that a plan has by default
   */
  String otherOptions(int usualChunk) {
    boolean equal = shares.stream().distinct().count() == 1;
    return Stream.of(
            equal ? "" : "--split " + split(),
            schedule == Schedule.FLOWING ? "" : "--schedule " + schedule,
            fetch == Fetch.BLOCKS ? "" : "--fetch " + fetch,
            chunk == usualChunk ? "" : "--chunk " + chunk)
        .filter(option -> !option.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private String split() {
    return shares.stream()
        .map(share -> BigDecimal.valueOf(share).stripTrailingZeros().toPlainString())
        .collect(Collectors.joining(","));
  }
}

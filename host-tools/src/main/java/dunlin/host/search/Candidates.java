package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.boards.Misuse;
import dunlin.boards.Refusal;
import dunlin.host.compile.Layout;
import dunlin.host.model.TransformerShape;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Shares;
import dunlin.host.plan.Topology;
import dunlin.host.plan.Wiring;
import dunlin.host.quantise.QuantisedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All ways to build a flock of some types of board, that differ and that hold the model. */
final class Candidates {
  private final QuantisedModel model;
  private final TransformerShape shape;
  private final Supply.Types supply;
  private final List<Integer> chunks;
  private final Rehearsals rehearsals;

  /**
   * Looks at nothing yet.
   *
   * @param chunks that a flock may begin with, the best first
   * @param rehearsals whose plans these are; it is told what cannot be
   */
  Candidates(
      QuantisedModel model, Supply.Types supply, List<Integer> chunks, Rehearsals rehearsals) {
    this.model = model;
    this.supply = supply;
    this.chunks = chunks;
    this.rehearsals = rehearsals;
    shape = model.config();
  }

  /** A root of one type, and others of the same or another. */
  private record Team(BoardType root, BoardType others) {
    List<BoardType> boards(int nodes) {
      List<BoardType> boards = new ArrayList<>(Collections.nCopies(nodes, others));
      boards.set(0, root);
      return boards;
    }

    int least() {
      return root.equals(others) ? 1 : 2;
    }
  }

  /**
   * Finds them.
   *
   * @param fewestBoards whether only the smallest flocks are wanted
   * @throws Refusal where no flock holds the model
   */
  List<Candidate> all(boolean fewestBoards) {
    List<Candidate> all = new ArrayList<>();
    for (BoardType root : supply.types()) {
      for (BoardType others : supply.types()) {
        Team team = new Team(root, others);
        OptionalInt fewest = fewest(team);
        if (fewest.isPresent()) {
          int most = fewestBoards ? fewest.getAsInt() : supply.most();
          counts(fewest.getAsInt(), most).forEach(nodes -> add(team.boards(nodes), all));
        }
      }
    }
    if (all.isEmpty()) {
      throw refusal();
    }
    int least = all.stream().mapToInt(Candidate::nodes).min().orElseThrow();
    return fewestBoards ? all.stream().filter(flock -> flock.nodes() == least).toList() : all;
  }

  private Refusal refusal() {
    List<BoardType> boards =
        new Team(supply.types().get(0), supply.types().get(0)).boards(supply.most());
    int least = chunks.get(chunks.size() - 1);
    Candidate most = flock(boards, Topology.CHAIN, LinkKind.UART, 1, least);
    String what =
        model.name()
            + " does not fit "
            + supply.most()
            + " × "
            + supply.types().stream().map(BoardType::name).collect(Collectors.joining(" or "));
    return new Layout(rehearsals.plan(most))
        .refusal()
        .map(shortage -> new Refusal(what, shortage.remedy()))
        .orElseGet(
            () ->
                new Refusal(
                    what, "choose a larger board, more of them (--most), or a smaller --context"));
  }

  /** The least number of boards that hold the model in any way; what speaks against fewer. */
  private OptionalInt fewest(Team team) {
    int bad = team.least() - 1;
    int good = Math.min(team.least(), supply.most());
    while (good <= bad || !fits(team.boards(good))) {
      if (good == supply.most()) {
        return OptionalInt.empty();
      }
      bad = good;
      good = Math.min(2 * good, supply.most());
    }
    while (good - bad > 1) {
      int middle = (good + bad) >>> 1;
      if (fits(team.boards(middle))) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    if (bad >= team.least()) {
      explain(team.boards(bad));
    }
    return OptionalInt.of(good);
  }

  /** In any number of stages. */
  private boolean fits(List<BoardType> boards) {
    return stages(boards.size()).stream().anyMatch(stages -> chunk(boards, stages).isPresent());
  }

  /** The best chunk with which so many stages hold the model. */
  private OptionalInt chunk(List<BoardType> boards, int stages) {
    int least = chunks.get(chunks.size() - 1);
    return fits(boards, stages, least)
        ? chunks.stream()
            .mapToInt(Integer::intValue)
            .filter(rows -> rows == least || fits(boards, stages, rows))
            .findFirst()
        : OptionalInt.empty();
  }

  /** Nodes hold the same by any wires. */
  private boolean fits(List<BoardType> boards, int stages, int chunk) {
    for (LinkKind link : LinkKind.values()) {
      try {
        Candidate flock = flock(boards, Topology.CHAIN, link, stages, chunk);
        return Layout.withoutRemedies(rehearsals.plan(flock)).fits();
      } catch (Misuse tooFewPorts) {
        // perhaps by the next kind
      }
    }
    return false;
  }

  /** Says what speaks against so many boards in one stage. */
  private void explain(List<BoardType> boards) {
    int least = chunks.get(chunks.size() - 1);
    Candidate flock = flock(boards, Topology.CHAIN, LinkKind.UART, 1, least);
    try {
      Layout.withoutRemedies(rehearsals.plan(flock)).requireFit();
    } catch (Refusal shortage) {
      rehearsals.reject(flock, shortage.what());
    }
  }

  /** Shares as boards are fast. */
  private Candidate flock(
      List<BoardType> boards, Topology topology, LinkKind link, int stages, int chunk) {
    Candidate flock = Candidate.of(boards, topology, link, stages, chunk);
    return boards.stream().distinct().count() == 1
        ? flock
        : flock.sharing(Shares.of(boards, model.weightBytes()));
  }

  private void add(List<BoardType> boards, List<Candidate> all) {
    Set<String> same = new HashSet<>();
    for (int stages : stages(boards.size())) {
      OptionalInt chunk = chunk(boards, stages);
      if (chunk.isPresent()) {
        for (Topology topology : Topology.values()) {
          for (LinkKind link : LinkKind.values()) {
            Candidate flock = flock(boards, topology, link, stages, chunk.getAsInt());
            if (differs(flock, same)) {
              all.add(flock);
            }
          }
        }
      }
    }
  }

  /** Whether it can be wired, and in a way that is not among those seen before. */
  private boolean differs(Candidate flock, Set<String> seen) {
    try {
      return seen.add(wires(flock, rehearsals.plan(flock)));
    } catch (Misuse cannotBeWired) {
      rehearsals.reject(flock, cannotBeWired.what());
      return false;
    }
  }

  /** How a flock is wired and divided, in words. */
  private static String wires(Candidate flock, Plan plan) {
    Wiring wiring = plan.wiring();
    return IntStream.range(0, flock.nodes())
        .mapToObj(rank -> wiring.parent(rank) + "/" + wiring.leader(rank))
        .collect(Collectors.joining(" ", flock.nodes() == 1 ? "" : flock.link() + " ", ""));
  }

  /** All up to eight, then steps of a quarter. */
  private static List<Integer> counts(int fewest, int most) {
    List<Integer> counts = new ArrayList<>();
    for (int nodes = fewest; nodes < most; nodes = nodes < 8 ? nodes + 1 : nodes + nodes / 4) {
      counts.add(nodes);
    }
    counts.add(most);
    return counts;
  }

  /** One, and doublings up to a node or a block each. */
  private List<Integer> stages(int nodes) {
    int most = Math.min(nodes, shape.layers());
    return IntStream.concat(
            IntStream.iterate(1, stages -> stages < most, stages -> 2 * stages), IntStream.of(most))
        .filter(stages -> (nodes + stages - 1) / stages <= shape.hidden())
        .boxed()
        .toList();
  }
}

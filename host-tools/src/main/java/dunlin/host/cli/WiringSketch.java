package dunlin.host.cli;

import dunlin.host.plan.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Draws a wiring for a terminal: the host on the left, a line for each node without children.
 *
 * <pre>
 * host --- 0 -+- 1 --- 2
 *             |- 3
 *             `- 4
 * </pre>
 */
final class WiringSketch {
  private static final String WIRE = " --- ";

  /** A longer run of nodes with one child each is shortened. */
  private static final int LONGEST_RUN = 10;

  private final Wiring wiring;
  private final List<String> lines = new ArrayList<>();

  private WiringSketch(Wiring wiring) {
    this.wiring = wiring;
  }

  /** The lines of the drawing. */
  static List<String> of(Wiring wiring) {
    WiringSketch sketch = new WiringSketch(wiring);
    String host = "host" + WIRE;
    sketch.draw(host, " ".repeat(host.length()), 0);
    return sketch.lines;
  }

  /**
   * Draws a node and all below it.
   *
   * @param first what stands before it
   * @param rest what the lines below that begin with
   */
  private void draw(String first, String rest, int rank) {
    List<Integer> run = run(rank);
    List<Integer> children = wiring.children(run.get(run.size() - 1));
    String line = first + text(run);
    if (children.isEmpty()) {
      lines.add(line);
      return;
    }
    String blank = rest + " ".repeat(line.length() - first.length());
    int last = children.size() - 1;
    draw(line + " -+- ", blank + "  |  ", children.get(0));
    for (int i = 1; i < last; i++) {
      draw(blank + "  |- ", blank + "  |  ", children.get(i));
    }
    draw(blank + "  `- ", blank + "     ", children.get(last));
  }

  /** A node, its only child, that one's only child, and so on. */
  private List<Integer> run(int rank) {
    List<Integer> run = new ArrayList<>(List.of(rank));
    int end = rank;
    while (wiring.children(end).size() == 1) {
      end = wiring.children(end).get(0);
      run.add(end);
    }
    return run;
  }

  private static String text(List<Integer> run) {
    if (run.size() <= LONGEST_RUN) {
      return run.stream().map(String::valueOf).collect(Collectors.joining(WIRE));
    }
    int last = run.size() - 1;
    return run.get(0)
        + WIRE
        + run.get(1)
        + WIRE
        + "..."
        + WIRE
        + run.get(last - 1)
        + WIRE
        + run.get(last);
  }
}

package dunlin.host.wiring;

import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Wiring;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A plan's cables as a drawing (SVG 1.1) that needs nothing beside it: the host on the left, each
 * board to the right of its parent, a line for each wire.
 */
public final class WiringPicture {
  private static final int MARGIN = 16;
  private static final int BOX_WIDTH = 200;
  private static final int COLUMN = BOX_WIDTH + 130;
  private static final int HEAD = 26;
  private static final int ROW = 17;
  private static final int GAP = 18;
  private static final String FONT = "font-family='sans-serif' font-size='11'";

  private final Plan plan;
  private final Wiring wiring;
  private final List<Cable> cables;
  private final Map<Integer, Integer> tops = new HashMap<>();
  private final StringBuilder boxes = new StringBuilder();
  private final StringBuilder lines = new StringBuilder();
  private int right;

  private WiringPicture(Plan plan, List<Cable> cables) {
    this.plan = plan;
    this.cables = cables;
    wiring = plan.wiring();
  }

  /**
   * Draws.
   *
   * @param cables of the plan
   * @return the text of an SVG file
   */
  public static String of(Plan plan, List<Cable> cables) {
    return new WiringPicture(plan, cables).draw();
  }

  private String draw() {
    int bottom = place(0, MARGIN, 1);
    tops.put(Pin.HOST, tops.get(0));
    box(Pin.HOST, plan.host() == LinkKind.SPI ? "Raspberry Pi" : "host's adapter", 0);
    for (int rank = 0; rank < plan.members().size(); rank++) {
      box(rank, "rank " + rank + " · " + plan.members().get(rank).board().name(), depth(rank));
    }
    cables.forEach(this::lines);
    return """
        <svg xmlns='http://www.w3.org/2000/svg' width='%1$d' height='%2$d' viewBox='0 0 %1$d %2$d'>
        <rect width='100%%' height='100%%' fill='white'/>
        %3$s%4$s</svg>
        """
        .formatted(right + MARGIN, bottom + MARGIN, lines, boxes);
  }

  /** Puts a board and all below it from {@code top} on; where they end. */
  private int place(int rank, int top, int column) {
    tops.put(rank, top);
    right = Math.max(right, x(column) + BOX_WIDTH);
    int end = top;
    for (int child : wiring.children(rank)) {
      end = place(child, end == top ? end : end + GAP, column + 1);
    }
    return Math.max(end, top + height(rank));
  }

  private int depth(int rank) {
    return rank == 0 ? 1 : depth(wiring.parent(rank)) + 1;
  }

  private static int x(int column) {
    return MARGIN + column * COLUMN;
  }

  /** A pin takes a row on either side. */
  private int height(int rank) {
    int above = rows(cables.stream().filter(cable -> cable.below() == rank).toList());
    int below = rows(cables.stream().filter(cable -> cable.above() == rank).toList());
    return HEAD + Math.max(above, below) * ROW + 6;
  }

  private static int rows(List<Cable> some) {
    return some.stream().mapToInt(cable -> cable.wires().size()).sum();
  }

  private void box(int rank, String title, int column) {
    String shape =
        "<rect x='%d' y='%d' width='%d' height='%d' rx='6' fill='none' stroke='#555'/>%n"
            + "<text x='%d' y='%d' %s font-weight='bold' text-anchor='middle'>%s</text>%n";
    boxes.append(
        shape.formatted(
            x(column),
            tops.get(rank),
            BOX_WIDTH,
            height(rank),
            x(column) + BOX_WIDTH / 2,
            tops.get(rank) + 17,
            FONT,
            title));
  }

  private void lines(Cable cable) {
    int fromX = x(cable.above() == Pin.HOST ? 0 : depth(cable.above())) + BOX_WIDTH;
    int toX = x(depth(cable.below()));
    int from = tops.get(cable.above()) + HEAD + ROW * rowsBefore(cable);
    int to = tops.get(cable.below()) + HEAD;
    for (Wire wire : cable.wires()) {
      line(wire, fromX, from + ROW / 2, toX, to + ROW / 2);
      from += ROW;
      to += ROW;
    }
    text(rate(cable), toX - 8, tops.get(cable.below()) + HEAD + 2, "end", "#555");
  }

  /** Rows that a board's cables to ranks before this one take. */
  private int rowsBefore(Cable cable) {
    return rows(
        cables.stream()
            .filter(other -> other.above() == cable.above() && other.below() < cable.below())
            .toList());
  }

  private void line(Wire wire, int x1, int y1, int x2, int y2) {
    String colour =
        switch (wire.flow()) {
          case DOWN -> "#0b62a4";
          case UP -> "#b3470e";
          case NONE -> "#222";
        };
    lines.append(
        "<path d='M%d %d C%d %d %d %d %d %d' fill='none' stroke='%s' stroke-width='1.4'/>%n"
            .formatted(x1, y1, x1 + 45, y1, x2 - 45, y2, x2, y2, colour));
    text(wire.above().toString(), x1 - 6, y1 + 4, "end", colour);
    text(wire.below().toString(), x2 + 6, y2 + 4, "start", colour);
  }

  private void text(String text, int x, int y, String anchor, String colour) {
    boxes.append(
        "<text x='%d' y='%d' %s text-anchor='%s' fill='%s'>%s</text>%n"
            .formatted(x, y, FONT, anchor, colour, text));
  }

  private static String rate(Cable cable) {
    String unit = cable.kind() == LinkKind.UART ? "baud" : "Hz";
    return String.format(Locale.ROOT, "%,d %s", cable.rate(), unit);
  }
}

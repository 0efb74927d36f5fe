package dunlin.host.search;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Locale;

/** What makes one flock better than another. */
public enum Objective {
  /** The least time a token. */
  LATENCY(Comparator.comparingDouble(Score::nanos)),
  /** The least energy a token. */
  ENERGY(Comparator.comparingDouble(Score::microjoules)),
  /** The fewest boards; of as many, the least time. */
  BOARDS(Comparator.comparingInt(Score::nodes).thenComparingDouble(Score::nanos));

  private final Comparator<Score> order;

  Objective(Comparator<Score> order) {
    this.order = order;
  }

  /**
   * What a flock is judged by.
   *
   * @param nodes how many boards
   * @param nanos a token takes
   * @param microjoules a token takes
   */
  public record Score(int nodes, double nanos, double microjoules) {}

  /** The better one first. */
  Comparator<Score> order() {
    return order;
  }

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

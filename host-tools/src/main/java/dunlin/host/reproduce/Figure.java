package dunlin.host.reproduce;

import com.fasterxml.jackson.annotation.JsonInclude;
import dunlin.host.plan.Schedule;

/**
 * A figure, the paper's and Dunlin's.
 *
 * @param figure what it is of: model and mode, a colon, quantity and unit
 * @param chips how many
 * @param accounting how it is counted
 * @param schedule when what nodes exchange goes over the links; null for a closed form
 * @param rootShare what the root holds, others hold 1
 * @param paper the paper's, or what follows from it; null where it has none
 * @param dunlin Dunlin's
 * @param ratio of Dunlin's to the paper's; null without it
 * @param basis what the comparison stands on
 */
public record Figure(
    String figure,
    int chips,
    Accounting accounting,
    @JsonInclude(JsonInclude.Include.NON_NULL) Schedule schedule,
    double rootShare,
    Double paper,
    double dunlin,
    Double ratio,
    Basis basis) {

  private static final String SEPARATOR = ": ";

  /** What it is of: model and mode. */
  public String subject() {
    return figure.substring(0, figure.indexOf(SEPARATOR));
  }

  /** Which quantity, and its unit where it has one. */
  public String quantity() {
    return figure.substring(figure.indexOf(SEPARATOR) + SEPARATOR.length());
  }

  /** A figure of a flock. */
  static Figure of(String figure, Setting setting, Double paper, double dunlin, Basis basis) {
    return new Figure(
        figure,
        setting.chips(),
        setting.accounting(),
        setting.schedule(),
        setting.rootShare(),
        paper,
        dunlin,
        ratio(paper, dunlin),
        basis);
  }

  /** A figure of a closed form. */
  static Figure closed(String figure, int chips, Double paper, double dunlin, Basis basis) {
    return new Figure(
        figure, chips, Accounting.PAPER, null, 1, paper, dunlin, ratio(paper, dunlin), basis);
  }

  private static Double ratio(Double paper, double dunlin) {
    return paper == null ? null : dunlin / paper;
  }
}

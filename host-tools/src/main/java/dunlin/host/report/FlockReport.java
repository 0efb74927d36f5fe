package dunlin.host.report;

import dunlin.host.compile.Layout;
import dunlin.host.forecast.PassForecast;
import dunlin.host.plan.Plan;
import dunlin.host.search.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * All that a page about a plan tells.
 *
 * @param model its name
 * @param plan the flock
 * @param layout of the plan; it need not fit
 * @param pass what a token takes half way through the context, or any input; nothing where that is
 *     not known
 * @param scaling what it takes on other numbers of nodes, where it is known
 * @param search how the plan was found, where it was looked for
 * @param command the command line that the page was made with, word by word
 */
public record FlockReport(
    String model,
    Plan plan,
    Layout layout,
    Optional<PassForecast> pass,
    Optional<Scaling> scaling,
    Optional<Outcome> search,
    List<String> command) {

  /** What its time is told for: "token" or "input". */
  String unit() {
    return plan.model().unit();
  }

  /** One of them. */
  String one() {
    return unit().equals("input") ? "an input" : "a token";
  }
}

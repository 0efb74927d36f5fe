package dunlin.host.bench;

import dunlin.host.plan.Plan;
import java.util.List;

/**
 * A random model on some boards, and what it is asked while costs are counted.
 *
 * @param exercise all of it is measured
 * @param passes rows of each pass, from position 0 on
 */
record Specimen(Plan plan, Replays.Exercise exercise, List<Integer> passes) {}

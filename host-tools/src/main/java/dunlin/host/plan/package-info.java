/**
 * From a quantised model and boards to a plan: what no bit of a result depends on. The entry point
 * is {@link dunlin.host.plan.Planner}.
 */
package dunlin.host.plan;

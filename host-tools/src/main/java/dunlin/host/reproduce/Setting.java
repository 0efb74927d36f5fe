package dunlin.host.reproduce;

import dunlin.host.plan.Schedule;

/**
 * A flock of the paper's chip, and how it is counted.
 *
 * @param chips how many
 * @param accounting what counts as time and energy
 * @param schedule when what nodes exchange goes over the links
 * @param rootShare what the root holds, others hold 1
 */
record Setting(int chips, Accounting accounting, Schedule schedule, double rootShare) {
  /** The paper's own. */
  static Setting papers(int chips) {
    return new Setting(chips, Accounting.PAPER, Schedule.MESSAGES, 1);
  }

  /** As Dunlin plans it by default. */
  static Setting usual(int chips, Accounting accounting) {
    return new Setting(chips, accounting, Schedule.FLOWING, 1);
  }
}

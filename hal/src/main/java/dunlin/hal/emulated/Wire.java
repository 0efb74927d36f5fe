package dunlin.hal.emulated;

/**
 * A UART link between two ends, for reports: what it carried. Forward is from the first end to the
 * second.
 */
public final class Wire {
  private final Schedule schedule;
  private final String from;
  private final String to;
  private final Lane forward;
  private final Lane backward;

  Wire(Schedule schedule, Object from, Object to, Lane forward, Lane backward) {
    this.schedule = schedule;
    this.from = from.toString();
    this.to = to.toString();
    this.forward = forward;
    this.backward = backward;
  }

  /** Bytes that arrived at the second end, those lost to overruns included. */
  public long forwardBytes() {
    return forward.carried(schedule.now());
  }

  /** Bytes that arrived at the first end, those lost to overruns included. */
  public long backwardBytes() {
    return backward.carried(schedule.now());
  }

  /** Bytes that either end lost for want of room in its receive queue. */
  public long overruns() {
    return forward.overruns(schedule.now()) + backward.overruns(schedule.now());
  }

  /** {@code "a.uart1 - b.uart2"}. */
  @Override
  public String toString() {
    return from + " - " + to;
  }
}

package dunlin.hal.emulated;

/** A UART link between two ends, of which one may be the host. */
final class UartWire implements Wire {
  private final Schedule schedule;
  private final String from;
  private final String to;
  private final Lane forward;
  private final Lane backward;

  UartWire(Schedule schedule, Object from, Object to, Lane forward, Lane backward) {
    this.schedule = schedule;
    this.from = from.toString();
    this.to = to.toString();
    this.forward = forward;
    this.backward = backward;
  }

  @Override
  public long forwardBytes() {
    return forward.carried(schedule.now());
  }

  @Override
  public long backwardBytes() {
    return backward.carried(schedule.now());
  }

  @Override
  public long overruns() {
    return forward.overruns(schedule.now()) + backward.overruns(schedule.now());
  }

  /** {@code "a.uart1 - b.uart2"}. */
  @Override
  public String toString() {
    return from + " - " + to;
  }
}

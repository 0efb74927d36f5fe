package dunlin.hal.emulated;

/** A UART link between two ends, of which one may be the host. */
final class UartWire implements Wire {
  private final Schedule schedule;
  private final String from;
  private final String to;
  private final Lane forward;
  private final Lane backward;
  private WireInterference interference;

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

  @Override
  public void disturb(LineFaults rates, long seed) {
    interference = new WireInterference(rates, seed);
    forward.disturb(schedule.now(), interference.there());
    backward.disturb(schedule.now(), interference.back());
  }

  @Override
  public void cut(boolean nothingPasses) {
    if (interference == null) {
      disturb(LineFaults.NONE, 0);
    }
    forward.carried(schedule.now());
    backward.carried(schedule.now());
    interference.setCut(nothingPasses);
  }

  @Override
  public long faults(LineFault fault) {
    return interference == null ? 0 : interference.faults(fault);
  }

  @Override
  public void delay(long nanos) {
    forward.delay(schedule.now(), nanos);
    backward.delay(schedule.now(), nanos);
  }

  /** {@code "a.uart1 - b.uart2"}. */
  @Override
  public String toString() {
    return from + " - " + to;
  }
}

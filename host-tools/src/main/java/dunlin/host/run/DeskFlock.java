package dunlin.host.run;

import dunlin.boards.Trap;
import dunlin.hal.Port;
import dunlin.host.plan.Plan;
import java.util.Optional;

/** Boards on the desk, whose root is at the end of a cable. */
public final class DeskFlock implements Console, Meter {
  /** The shortest time in which a node must have sent what it has to send. */
  private static final int LEAST_PATIENCE_MILLIS = 8_000;

  private final MeteredCable cable;
  private final int waitMillis;

  /**
   * Boards that hold {@code plan}.
   *
   * @param cable to the root; closed with this
   */
  public DeskFlock(Cable cable, Plan plan) {
    this(cable, plan.patienceMillis());
  }

  /**
   * Boards that may hold anything, or nothing: no pass is run.
   *
   * @param cable to the root; closed with this
   */
  public DeskFlock(Cable cable) {
    this(cable, 0);
  }

  private DeskFlock(Cable cable, int patienceMillis) {
    this.cable = new MeteredCable(cable);
    waitMillis = (LEAST_PATIENCE_MILLIS + 2 * patienceMillis) / HostLink.WAITS;
  }

  @Override
  public Port port() {
    return cable;
  }

  @Override
  public boolean await(int bytes) {
    return cable.await(bytes, waitMillis);
  }

  @Override
  public String state() {
    Optional<Trap> trap = cable.lastTrap();
    if (trap.isPresent()) {
      return cable.name() + ": the root was stopped by " + trap.get();
    }
    return cable.name()
        + (cable.received() == 0 ? ": nothing has come" : ": nothing more has come");
  }

  /** By this computer's clock: boards tell of no other. */
  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  /** Of the cable: what goes between boards, the host does not see. */
  @Override
  public long wireBytes() {
    return cable.received() + cable.sent();
  }

  @Override
  public void close() {
    cable.close();
  }
}

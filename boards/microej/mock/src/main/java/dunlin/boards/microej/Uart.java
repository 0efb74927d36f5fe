package dunlin.boards.microej;

import com.is2t.hil.HIL;
import dunlin.mock.Line;
import dunlin.mock.Simulation;

/** UARTs in the simulator: TCP. */
public final class Uart {
  /** As the queue of dunlin_port.c, so that a node sends in pieces of the same size. */
  private static final int ROOM = 511;

  private Uart() {}

  /** The native's. */
  public static int state(int uart, int question) {
    Line line = Simulation.port(uart);
    switch (question) {
      case 0:
        line.open();
        return 0;
      case 1:
        return line.available();
      case 2:
        return ROOM;
      default:
        return 0;
    }
  }

  /** The native's. */
  public static int receive(int uart, byte[] into, int offset, int max) {
    int count = Simulation.port(uart).receive(into, offset, max);
    if (count > 0) {
      HIL.getInstance().flushContent(into, offset, count);
    }
    return count;
  }

  /** The native's. */
  public static int send(int uart, byte[] from, int offset, int count) {
    int taken = Math.min(count, ROOM);
    if (taken > 0) {
      HIL.getInstance().refreshContent(from, offset, taken);
      Simulation.port(uart).send(from, offset, taken);
    }
    return taken;
  }
}

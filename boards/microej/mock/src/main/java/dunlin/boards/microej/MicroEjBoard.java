package dunlin.boards.microej;

import com.is2t.hil.HIL;
import com.is2t.hil.NativeInterface;
import dunlin.mock.Simulation;
import java.util.Arrays;

/** In the simulator: what dunlin_port.c and a board's dunlin_config.h are on a chip. */
public final class MicroEjBoard {
  /** Of microej.toml. */
  private static final int BOARD_TYPE = 0x52fa;

  /** The Java heap's size sets the limit. */
  private static final int RAM_BYTES = 1 << 24;

  /** The simulator may give up on a long native; a node that wakes early goes to sleep again. */
  private static final long LONGEST_SLEEP_NANOS = 1_000_000_000;

  private MicroEjBoard() {}

  /** The native's. */
  public static int setting(int which) {
    switch (which) {
      case 0:
        return Simulation.uarts();
      case 1:
        return Simulation.spis();
      case 2:
        return Simulation.image().length;
      case 3:
        return RAM_BYTES;
      case 4:
        return BOARD_TYPE;
      default:
        return Arrays.hashCode(Simulation.image()) + which;
    }
  }

  /** The native's. A line always has room, and the rest of a frame is as good as there. */
  public static void await(int[] receive, int[] transmit, int framed, long nanos) {
    NativeInterface simulator = HIL.getInstance();
    simulator.refreshContent(receive);
    simulator.refreshContent(transmit);
    if (Arrays.stream(transmit).anyMatch(bytes -> bytes > 0)) {
      return;
    }
    simulator.notifySuspendStart();
    try {
      Simulation.await(receive, Math.min(nanos, LONGEST_SLEEP_NANOS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      simulator.notifySuspendEnd();
    }
  }
}

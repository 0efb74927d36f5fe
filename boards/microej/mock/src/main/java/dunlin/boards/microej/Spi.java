package dunlin.boards.microej;

import com.is2t.hil.HIL;
import dunlin.mock.Line;
import dunlin.mock.Simulation;

/** A master's SPI ports in the simulator: TCP, whose bytes need neither a header nor a clock. */
public final class Spi {
  private static final int NONE = -2;

  private Spi() {}

  /** The native's. */
  public static int transfer(int spi, byte[] out, int count, byte[] in) {
    Line line = Simulation.spi(spi);
    line.open();
    if (count == 0 && line.available() == 0) {
      return NONE;
    }
    if (count > 0) {
      HIL.getInstance().refreshContent(out, 0, count);
      line.send(out, 0, count);
    }
    int came = line.receive(in, 0, in.length);
    if (came > 0) {
      HIL.getInstance().flushContent(in, 0, came);
    }
    return came;
  }
}

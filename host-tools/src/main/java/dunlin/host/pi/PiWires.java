package dunlin.host.pi;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.spi.Spi;
import dunlin.boards.Refusal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Raspberry Pi's SPI bus, and the two lines beside it. */
final class PiWires implements SpiWires {
  /** What spidev takes at a time, unless its module is told otherwise. */
  static final int SPIDEV_BYTES = 4096;

  private final Context context;
  private final Spi spi;
  private final DigitalOutput select;
  private final DigitalInput ready;
  private final int bus;
  private final int most;

  /**
   * Takes the lines.
   *
   * @param context that is shut down with this
   * @param most bytes that the driver takes at a time
   */
  PiWires(Context context, PiPins pins, Spi spi, int most) {
    this.context = context;
    this.spi = spi;
    this.most = most;
    bus = pins.bus();
    select = PiContext.output(context, pins.select(), DigitalState.HIGH);
    ready = PiContext.input(context, pins.ready());
  }

  static PiWires open(PiPins pins, int hertz) {
    if (pins.select() == null || pins.ready() == null) {
      throw new Refusal(
          "the Raspberry Pi has no select or no ready line to the root",
          "say in [raspberry-pi] of the local rig file which lines they are");
    }
    Context context = PiContext.start();
    try {
      return new PiWires(context, pins, PiContext.spi(context, pins.bus(), hertz), SPIDEV_BYTES);
    } catch (Refusal e) {
      context.shutdown();
      throw e;
    }
  }

  @Override
  public void select(boolean selected) {
    select.setState(!selected);
  }

  @Override
  public boolean ready() {
    return ready.isHigh();
  }

  /** A transfer goes whole or not at all; of one that does not, Pi4J says so in its result only. */
  @Override
  public void exchange(byte[] out, byte[] in, int offset, int count) {
    for (int done = 0; done < count; done += most) {
      int at = offset + done;
      int length = Math.min(most, count - done);
      int moved = PiContext.orRefuse(() -> spi.transfer(out, at, in, at, length));
      if (moved < 0) {
        throw new Refusal(
            name() + ": the driver refuses " + length + " bytes",
            "see that no other program uses this bus, and that spidev takes as many");
      }
    }
  }

  /** Shorter pauses than the system's ticks are waited out. */
  @Override
  public void pause(int micros) {
    long end = nanoseconds() + TimeUnit.MICROSECONDS.toNanos(micros);
    for (long left = end - nanoseconds(); left > 0; left = end - nanoseconds()) {
      if (left > TimeUnit.MICROSECONDS.toNanos(60)) {
        LockSupport.parkNanos(left);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public String name() {
    return "SPI bus " + bus;
  }

  @Override
  public void close() {
    context.shutdown();
  }
}

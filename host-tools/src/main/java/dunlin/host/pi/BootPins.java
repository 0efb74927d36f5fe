package dunlin.host.pi;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import dunlin.boards.Refusal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * BOOT0 and NRST on lines of a Raspberry Pi: nobody has to press a button. The chip looks at BOOT0
 * when it comes out of reset (AN2606, 3.1).
 */
public final class BootPins implements AutoCloseable {
  /** NRST must be low for 300 ns (DS8626, table 57); with a capacitor on the board, longer. */
  private static final int RESET_MILLIS = 20;

  /** A bootloader listens, and firmware runs, by then. */
  private static final int START_MILLIS = 100;

  private final Context context;
  private final DigitalOutput boot0;
  private final DigitalOutput reset;

  BootPins(Context context, int boot0, int reset) {
    this.context = context;
    this.boot0 = PiContext.output(context, boot0, DigitalState.LOW);
    this.reset = PiContext.output(context, reset, DigitalState.HIGH);
  }

  /**
   * Takes the lines; the board goes on with what it does.
   *
   * @throws Refusal if they are not named, or cannot be had
   */
  public static BootPins open(PiPins pins) {
    if (pins.boot0() == null || pins.reset() == null) {
      throw new Refusal(
          "BOOT0 or NRST is on no line of the Raspberry Pi",
          "name both in [raspberry-pi] of the local rig file, or press the buttons");
    }
    return new BootPins(PiContext.start(), pins.boot0(), pins.reset());
  }

  /** Resets the board into the bootloader in its ROM. */
  public void bootloader() {
    restart(true);
  }

  /** Resets the board into what is in its flash. */
  public void application() {
    restart(false);
  }

  private void restart(boolean toBootloader) {
    boot0.setState(toBootloader);
    reset.low();
    pause(RESET_MILLIS);
    reset.high();
    pause(START_MILLIS);
    boot0.low();
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public void close() {
    context.shutdown();
  }
}

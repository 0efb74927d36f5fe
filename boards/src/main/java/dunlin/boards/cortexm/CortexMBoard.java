package dunlin.boards.cortexm;

import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Port;
import dunlin.hal.Watchdog;
import dunlin.kernels.Unchecked;

/** A board of a Cortex-M and what its chip family put around it. */
@Unchecked
public final class CortexMBoard implements Board {
  private final int[] settings;
  private final SysTick clock;
  private final Flash flash;
  private final Watchdog watchdog;
  private final Gpio gpio;
  private final BufferedUart[] uarts;
  private final int[] uid;

  /**
   * Puts a board together.
   *
   * @param gpio null where no pin is wired
   * @param uid three words
   */
  public CortexMBoard(
      int[] settings,
      SysTick clock,
      Flash flash,
      Watchdog watchdog,
      Gpio gpio,
      BufferedUart[] uarts,
      int[] uid) {
    this.settings = settings;
    this.clock = clock;
    this.flash = flash;
    this.watchdog = watchdog;
    this.gpio = gpio;
    this.uarts = uarts;
    this.uid = uid;
  }

  /** The timer's interrupt. */
  void tick() {
    clock.interrupt();
  }

  /** A UART's interrupt. */
  void uart(int port) {
    uarts[port].interrupt();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Flash flash() {
    return flash;
  }

  @Override
  public Watchdog watchdog() {
    return watchdog;
  }

  @Override
  public Gpio gpio() {
    return gpio;
  }

  @Override
  public int ports() {
    return uarts.length;
  }

  @Override
  public Port port(int index) {
    return uarts[index];
  }

  @Override
  public int ramRegions() {
    return 1;
  }

  @Override
  public byte[] reserve(int region, int bytes) {
    return region != 0 || bytes > settings[Settings.RAM] ? null : CortexM.reserve(bytes);
  }

  @Override
  public int uid(int index) {
    return uid[index];
  }
}

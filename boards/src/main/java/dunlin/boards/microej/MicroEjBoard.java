package dunlin.boards.microej;

import dunlin.boards.cortexm.ReadOnlyFlash;
import dunlin.firmware.ImageHeader;
import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Flash;
import dunlin.hal.Gpio;
import dunlin.hal.Port;
import dunlin.hal.Wake;
import dunlin.hal.Watchdog;

/** A board as a VEE Port shows it: dunlin_port.h has its settings. */
final class MicroEjBoard implements Board {
  private static final int UARTS = 0;
  private static final int SPIS = 1;
  private static final int IMAGE_BYTES = 2;
  private static final int RAM_BYTES = 3;
  private static final int TYPE = 4;
  private static final int UID = 5;

  private final Clock clock = new VeeClock();
  private final Watchdog watchdog = new Unwatched();
  private final Flash flash = new ReadOnlyFlash(new byte[0], setting(IMAGE_BYTES));
  private final int uarts = setting(UARTS);
  private final Spi[] masters = new Spi[setting(SPIS)];
  private final Port[] ports = new Port[uarts + masters.length];
  private int ramLeft = setting(RAM_BYTES);

  /** Sleeps until what {@code wake} waits for may have come; at once where it has. */
  void rest(Wake wake) {
    boolean moved = false;
    for (int i = 0; i < masters.length; i++) {
      moved |= masters[i] != null && masters[i].exchange();
    }
    long nanos = wake.deadline == Wake.NEVER ? Wake.NEVER : wake.deadline - clock.now();
    if (!moved && nanos > 0 && !served(wake)) {
      await(wake.receive, wake.transmit, wake.framed, nanos);
    }
  }

  /** Whether a master's SPI port has what is waited for; C looks after the others. */
  private boolean served(Wake wake) {
    boolean served = false;
    for (int i = 0; i < masters.length; i++) {
      int port = uarts + i;
      if (masters[i] != null) {
        served |= wake.receive[port] > 0 && masters[i].available() >= wake.receive[port];
        served |= wake.transmit[port] > 0 && masters[i].writable() >= wake.transmit[port];
      }
    }
    return served;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /** None: a node has no use for pins. */
  @Override
  public Gpio gpio() {
    return null;
  }

  /** Ends the application: whoever started the VEE starts it anew. */
  @Override
  public void reset() {
    System.exit(0);
  }

  @Override
  public int ports() {
    return ports.length;
  }

  @Override
  public Port port(int index) {
    return ports[index];
  }

  @Override
  public Port open(int index, boolean master) {
    if (index < uarts || !master) {
      ports[index] = new Uart(index);
    } else {
      masters[index - uarts] = new Spi(index - uarts);
      ports[index] = masters[index - uarts];
    }
    return ports[index];
  }

  @Override
  public int hostPorts() {
    return uarts > 1 ? 3 : 1;
  }

  /**
   * An empty array stands for the image: {@link ManagedDsp} and the kernels' natives know it so.
   */
  @Override
  public Flash flash() {
    return flash;
  }

  @Override
  public int ramRegions() {
    return ImageHeader.RAM_REGIONS;
  }

  /** All regions from the Java heap, which the application's options make large enough. */
  @Override
  public byte[] reserve(int region, int bytes) {
    if (bytes > ramLeft) {
      return null;
    }
    ramLeft -= bytes;
    return new byte[bytes];
  }

  @Override
  public Watchdog watchdog() {
    return watchdog;
  }

  @Override
  public int type() {
    return setting(TYPE);
  }

  @Override
  public int uid(int index) {
    return setting(UID + index);
  }

  private static native int setting(int which);

  /** Suspends this thread, and no other, until a port has what is waited for. */
  private static native void await(int[] receive, int[] transmit, int framed, long nanos);
}

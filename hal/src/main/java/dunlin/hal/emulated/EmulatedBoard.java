package dunlin.hal.emulated;

import dunlin.hal.Board;
import dunlin.hal.Clock;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.hal.Watchdog;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A board on the desktop. Its firmware boots when the emulation first runs after the board was
 * added or reset.
 */
public final class EmulatedBoard implements Board {
  /** More steps than any machine needs at one instant. */
  private static final int STEPS_AT_ONCE = 1_000_000;

  private final Schedule schedule;
  private final int number;
  private final BoardSpec spec;
  private final Firmware firmware;

  private final Clock clock;
  private final EmulatedWatchdog watchdog;
  private final EmulatedFlash flash;
  private final EmulatedGpio gpio;
  private final List<EmulatedUart> uarts;
  private final List<EmulatedSpi> spis;
  private final List<EmulatedPort> ports;
  private final Wake wake;
  private final Waiting waiting;

  /** New at each reset; the machine is null from then until boot. */
  private Machine machine;

  private Ram ram;
  private long bootedAt;

  private boolean booting;
  private boolean stepping;
  private boolean resetting;
  private boolean stuck;
  private boolean off;
  private long steps;
  private int stepsAtOnce;
  private long lastStep = -1;
  private int resets;
  private int watchdogResets;

  EmulatedBoard(Schedule schedule, BoardSpec spec, Firmware firmware) {
    this.schedule = schedule;
    this.number = schedule.add();
    this.spec = spec;
    this.firmware = firmware;
    clock = () -> schedule.now() - bootedAt;
    watchdog = new EmulatedWatchdog(schedule, spec.watchdogNanos());
    flash = new EmulatedFlash(schedule, spec.flash());
    gpio = new EmulatedGpio(spec.name(), spec.pins());
    int uartCount = spec.uarts().size();
    uarts =
        IntStream.range(0, uartCount)
            .mapToObj(i -> new EmulatedUart(this, i, i, spec.uarts().get(i)))
            .toList();
    spis =
        IntStream.range(0, spec.spis().size())
            .mapToObj(i -> new EmulatedSpi(this, uartCount + i, i, spec.spis().get(i)))
            .toList();
    ports = Stream.<EmulatedPort>concat(uarts.stream(), spis.stream()).toList();
    wake = new Wake(ports.size());
    waiting = new Waiting(this, wake);
    powerUp();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public EmulatedFlash flash() {
    return flash;
  }

  @Override
  public Watchdog watchdog() {
    return watchdog;
  }

  @Override
  public EmulatedGpio gpio() {
    return gpio;
  }

  @Override
  public int ports() {
    return ports.size();
  }

  @Override
  public EmulatedPort port(int index) {
    return ports.get(index);
  }

  /** Every port is open: whether it is a master is its wire's affair. */
  @Override
  public EmulatedPort open(int index, boolean master) {
    return port(index);
  }

  @Override
  public int hostPorts() {
    int firstUart = uarts.size() > 1 ? 2 : 0;
    int firstSpi = spis.isEmpty() ? 0 : 1 << uarts.size();
    return 1 | firstUart | firstSpi;
  }

  /** UART {@code index}. */
  public EmulatedUart uart(int index) {
    return uarts.get(index);
  }

  /** SPI port {@code index}, counted from the first of its kind. */
  public EmulatedSpi spi(int index) {
    return spis.get(index);
  }

  @Override
  public int ramRegions() {
    return ram.regions();
  }

  @Override
  public byte[] reserve(int region, int bytes) {
    if (!booting) {
      throw new IllegalStateException("RAM can be reserved at boot only");
    }
    return ram.reserve(region, bytes);
  }

  @Override
  public int type() {
    return spec.type();
  }

  @Override
  public int uid(int index) {
    return spec.uid().get(index);
  }

  /** The spec's name. */
  public String name() {
    return spec.name();
  }

  /** What the board has. */
  public BoardSpec spec() {
    return spec;
  }

  /** Bytes of the region that the firmware reserved at its last boot. */
  public int reserved(int region) {
    return ram.reserved(region);
  }

  /** How often the machine was stepped since the board was added. */
  public long steps() {
    return steps;
  }

  /** Resets of any cause since the board was added. */
  public int resets() {
    return resets;
  }

  /** Those of {@link #resets} that the watchdog caused. */
  public int watchdogResets() {
    return watchdogResets;
  }

  /**
   * Replaces the flash's contents by {@code image} and erased bytes, as a programmer would: a board
   * that runs is reset.
   */
  public void loadFlash(byte[] image) {
    if (image.length > spec.flash().bytes()) {
      throw new IllegalArgumentException(
          name() + ": " + image.length + " bytes in a flash of " + spec.flash().bytes());
    }
    flash.load(image);
    if (machine != null) {
      reset();
    }
  }

  /**
   * Resets the board now, or at the end of its step: RAM and queues are lost, the flash is kept,
   * the firmware boots again.
   */
  @Override
  public void reset() {
    if (stepping) {
      resetting = true;
      return;
    }
    resetting = false;
    if (off) {
      return;
    }
    resets++;
    flash.interrupt();
    ports.forEach(EmulatedPort::reset);
    gpio.reset();
    powerUp();
  }

  /** The supply fails: as a {@link #reset}, but nothing runs until {@link #powerOn}. */
  public void powerOff() {
    reset();
    off = true;
    schedule.set(number, Wake.NEVER);
  }

  /** The supply is back: what came to the ports meanwhile is lost, and the firmware boots. */
  public void powerOn() {
    if (off) {
      off = false;
      ports.forEach(EmulatedPort::reset);
      powerUp();
    }
  }

  /** The firmware hangs from now on, until a reset: the watchdog's, if there is one. */
  public void stick() {
    if (off) {
      return;
    }
    stuck = true;
    schedule.set(number, watchdog.expiresAt());
  }

  private void powerUp() {
    machine = null;
    stuck = false;
    wake.clear();
    ram = new Ram(spec.ram());
    watchdog.feed();
    bootedAt = schedule.now();
    schedule.set(number, bootedAt);
  }

  /** The board is due: its machine is stepped, or its watchdog has expired. */
  void run() {
    if (watchdog.expiresAt() <= schedule.now()) {
      watchdogResets++;
      reset();
      return;
    }
    if (stuck) {
      schedule.set(number, watchdog.expiresAt());
      return;
    }
    countStep();
    flash.settle();
    wake.clear();
    stepping = true;
    try {
      step();
    } catch (RuntimeException e) {
      throw new EmulationException.Crash(name(), schedule.now(), e);
    } finally {
      stepping = false;
    }
    if (resetting) {
      reset();
    } else {
      reschedule();
    }
  }

  private void step() {
    if (machine == null) {
      booting = true;
      try {
        machine = firmware.boot(this);
      } finally {
        booting = false;
      }
    }
    machine.step(clock.now(), wake);
  }

  private void countStep() {
    steps++;
    stepsAtOnce = schedule.now() == lastStep ? stepsAtOnce + 1 : 1;
    lastStep = schedule.now();
    if (stepsAtOnce > STEPS_AT_ONCE) {
      throw new EmulationException.Livelock(name(), lastStep, STEPS_AT_ONCE, waiting.inWords());
    }
  }

  /** Something that the machine may wait for has changed. */
  void reschedule() {
    if (machine != null && !stepping && !stuck) {
      schedule.set(number, Math.min(waiting.until(), watchdog.expiresAt()));
    }
  }

  /** What is under way to or from a port has changed. */
  void reconsider(int port) {
    if (wake.receive[port] > 0 || wake.transmit[port] > 0) {
      reschedule();
    }
  }

  String waits() {
    return waiting.inWords();
  }

  long bootedAt() {
    return bootedAt;
  }

  long virtualTime() {
    return schedule.now();
  }
}

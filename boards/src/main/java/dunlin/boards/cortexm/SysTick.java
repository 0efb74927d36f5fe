package dunlin.boards.cortexm;

import dunlin.hal.Clock;

/**
 * Board time from the core's own timer (Armv7-M Architecture Reference Manual, B3.3): an interrupt
 * each millisecond, and the counter between them.
 */
public final class SysTick implements Clock {
  private static final int CONTROL = 0xE000E010;
  private static final int RELOAD = 0xE000E014;
  private static final int VALUE = 0xE000E018;
  private static final int ENABLED_WITH_INTERRUPT_FROM_CORE_CLOCK = 7;
  private static final int INTERRUPT_CONTROL = 0xE000ED04;
  private static final int PENDING = 1 << 26;
  private static final int NANOS_PER_TICK = 1_000_000;

  private final Processor processor;
  private final int reload;

  /** Nanoseconds of 1024 counts: a tick's worth of counts times this fits an int. */
  private final int nanosPer1024;

  private long ticks;

  /** Starts at 0, on a core of {@code hertz}. */
  public SysTick(Processor processor, int hertz) {
    this.processor = processor;
    reload = hertz / 1000 - 1;
    nanosPer1024 = (int) (1_024_000_000_000L / hertz);
    processor.write(RELOAD, reload);
    processor.write(VALUE, 0);
    processor.write(CONTROL, ENABLED_WITH_INTERRUPT_FROM_CORE_CLOCK);
  }

  /** The timer's interrupt. */
  public void interrupt() {
    ticks++;
  }

  /**
   * Waits, interrupts or not: a few microseconds, for no timer interrupts that soon.
   *
   * @param micros below 1000
   */
  public void pause(int micros) {
    int counts = (reload + 1) / 1000 * micros;
    int passed = 0;
    int before = processor.read(VALUE);
    for (int round = 0; passed < counts && round <= counts; round++) {
      int value = processor.read(VALUE);
      passed += before >= value ? before - value : before - value + reload + 1;
      before = value;
    }
  }

  @Override
  public long now() {
    long whole;
    int value;
    boolean pending;
    do {
      processor.fence();
      whole = ticks;
      value = processor.read(VALUE);
      pending = (processor.read(INTERRUPT_CONTROL) & PENDING) != 0;
      processor.fence();
    } while (whole != ticks);
    if (pending && value > reload >> 1) {
      whole++; // began anew while interrupts are disabled
    }
    return whole * NANOS_PER_TICK + ((reload - value) * nanosPer1024 >> 10);
  }
}

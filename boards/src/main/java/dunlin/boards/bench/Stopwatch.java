package dunlin.boards.bench;

import dunlin.boards.cortexm.Processor;

/**
 * Counts the core timer's ticks (Armv7-M Architecture Reference Manual, B3.3) beyond its 24 bits,
 * and how often that took an interrupt.
 */
final class Stopwatch {
  private static final int CONTROL = 0xE000E010;
  private static final int RELOAD = 0xE000E014;
  private static final int VALUE = 0xE000E018;
  private static final int ENABLED_WITH_INTERRUPT_FROM_CORE_CLOCK = 7;
  private static final int INTERRUPT_CONTROL = 0xE000ED04;
  private static final int PENDING_BIT = 26;
  private static final int SET_PENDING = 1 << PENDING_BIT;
  private static final int BITS = 24;

  private final Processor processor;
  private int interrupts;
  private int started;
  private int wrapsBefore;
  private int before;
  private int ticks;

  Stopwatch(Processor processor) {
    this.processor = processor;
    processor.write(RELOAD, (1 << BITS) - 1);
    processor.write(VALUE, 0);
    processor.write(CONTROL, ENABLED_WITH_INTERRUPT_FROM_CORE_CLOCK);
  }

  /** The timer's interrupt. */
  void interrupt() {
    interrupts++;
  }

  void start() {
    before = interrupts;
    do {
      wrapsBefore = wraps();
      started = processor.read(VALUE);
    } while (wraps() != wrapsBefore);
  }

  void stop() {
    int stopped;
    int wraps;
    do {
      stopped = processor.read(VALUE);
      wraps = wraps();
    } while (processor.read(VALUE) > stopped);
    ticks = (wraps - wrapsBefore << BITS) + started - stopped;
  }

  /** How often the timer began anew: also where its interrupt is still held back. */
  private int wraps() {
    processor.fence();
    return interrupts + (processor.read(INTERRUPT_CONTROL) >> PENDING_BIT & 1);
  }

  /** Ticks from start to stop, modulo 2^32. */
  int ticks() {
    return ticks;
  }

  /** Interrupts from start to stop. */
  int interrupts() {
    return interrupts - before;
  }

  /** Measures what an interrupt takes: {@code pend} says whether there is one. */
  void interruption(boolean pend) {
    int value = pend ? SET_PENDING : 0;
    int earlier = interrupts;
    start();
    processor.write(INTERRUPT_CONTROL, value);
    processor.fence();
    int stopped = processor.read(VALUE);
    interrupts = earlier; // no tick has passed
    ticks = started - stopped;
  }
}

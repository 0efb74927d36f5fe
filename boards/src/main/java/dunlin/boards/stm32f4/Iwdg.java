package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.Processor;
import dunlin.hal.Watchdog;

/** The independent watchdog (RM0090, 21.4), at its longest period. */
final class Iwdg implements Watchdog {
  private static final int KEY = 0x40003000;
  private static final int PRESCALER = 0x40003004;
  private static final int RELOAD = 0x40003008;
  private static final int UNLOCK = 0x5555;
  private static final int START = 0xCCCC;
  private static final int FEED = 0xAAAA;
  private static final int BY_256 = 6;
  private static final int COUNTS = 4096;

  /** 4096 · 256 cycles of the internal oscillator at its fastest, 47 kHz (DS8626, table 35). */
  private static final long PERIOD_NANOS = 22_300_000_000L;

  private final Processor processor;

  Iwdg(Processor processor) {
    this.processor = processor;
    processor.write(KEY, UNLOCK);
    processor.write(PRESCALER, BY_256);
    processor.write(RELOAD, COUNTS - 1);
    processor.write(KEY, START);
  }

  @Override
  public void feed() {
    processor.write(KEY, FEED);
  }

  @Override
  public long period() {
    return PERIOD_NANOS;
  }
}

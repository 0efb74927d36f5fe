package dunlin.boards.stm32;

import dunlin.boards.cortexm.Settings;

/**
 * How a USART divides its clock, the same in both generations (RM0090, 30.3.4; RM0433, 48.5.5): a
 * bit takes so many cycles, of which 16 or 8 look at the line.
 */
public final class BaudRate {
  /** The control register's OVER8. */
  private static final int OVERSAMPLE_BY_8 = 1 << 15;

  private BaudRate() {}

  /** Cycles of UART {@code port}'s clock in a bit, rounded to the nearest. */
  public static int cycles(int[] settings, int port) {
    int divider = settings[Settings.port(port) + Settings.CLOCK_DIVIDER];
    int hertz = settings[Settings.CORE_HERTZ] / divider;
    int baud = settings[Settings.BAUD];
    return (hertz + (baud >> 1)) / baud;
  }

  /** The baud rate register: sixteenths, or eighths where a bit has less than 16 cycles. */
  public static int register(int cycles) {
    return cycles >= 16 ? cycles : cycles >> 3 << 4 | cycles & 7;
  }

  /** What the control register must say. */
  public static int control(int cycles) {
    return cycles >= 16 ? 0 : OVERSAMPLE_BY_8;
  }
}

package dunlin.boards.cortexm;

/** The interrupt controller (Armv7-M Architecture Reference Manual, B3.4). */
public final class Nvic {
  private static final int SET_ENABLE = 0xE000E100;
  private static final int SET_PENDING = 0xE000E200;
  private static final int PRIORITY = 0xE000E400;
  private static final int LATER = 0x80;

  private Nvic() {}

  /** Lets interrupt {@code number} in, at the highest priority: none interrupts another. */
  public static void enable(Processor processor, int number) {
    processor.write(SET_ENABLE + (number >> 5 << 2), 1 << (number & 31));
  }

  /** Lets interrupt {@code number} in whenever none of the others waits: they interrupt it. */
  public static void enableLater(Processor processor, int number) {
    int register = PRIORITY + (number & ~3);
    int shift = (number & 3) << 3;
    int others = processor.read(register) & ~(0xff << shift);
    processor.write(register, others | LATER << shift);
    enable(processor, number);
  }

  /** Makes interrupt {@code number} come. */
  public static void pend(Processor processor, int number) {
    processor.write(SET_PENDING + (number >> 5 << 2), 1 << (number & 31));
  }
}

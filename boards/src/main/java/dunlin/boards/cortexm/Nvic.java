package dunlin.boards.cortexm;

/** The interrupt controller (Armv7-M Architecture Reference Manual, B3.4). */
public final class Nvic {
  private static final int SET_ENABLE = 0xE000E100;

  private Nvic() {}

  /** Lets interrupt {@code number} in; all have the same priority, so none interrupts another. */
  public static void enable(Processor processor, int number) {
    processor.write(SET_ENABLE + (number >> 5 << 2), 1 << (number & 31));
  }
}

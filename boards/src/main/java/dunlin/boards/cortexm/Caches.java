package dunlin.boards.cortexm;

/**
 * The caches of a Cortex-M7 (Armv7-M Architecture Reference Manual, B2.2 and B3.2), turned on as
 * CMSIS's SCB_EnableICache and SCB_EnableDCache do.
 */
public final class Caches {
  private static final int CONFIGURATION = 0xE000ED14;
  private static final int DATA_ON = 1 << 16;
  private static final int INSTRUCTIONS_ON = 1 << 17;
  private static final int SIZE = 0xE000ED80;
  private static final int SIZE_SELECTION = 0xE000ED84;
  private static final int INVALIDATE_INSTRUCTIONS = 0xE000EF50;
  private static final int INVALIDATE_DATA = 0xE000EF60;
  private static final int SET_SHIFT = 5;
  private static final int WAY_SHIFT = 30;

  private Caches() {}

  /** Turns both caches on; their contents from reset on are not to be believed. */
  public static void enable(Processor processor) {
    processor.synchronise();
    processor.write(INVALIDATE_INSTRUCTIONS, 0);
    processor.synchronise();
    processor.write(CONFIGURATION, processor.read(CONFIGURATION) | INSTRUCTIONS_ON);
    processor.write(SIZE_SELECTION, 0);
    processor.synchronise();
    int size = processor.read(SIZE);
    for (int set = size >> 13 & 0x7fff; set >= 0; set--) {
      for (int way = size >> 3 & 0x3ff; way >= 0; way--) {
        processor.write(INVALIDATE_DATA, set << SET_SHIFT | way << WAY_SHIFT);
      }
    }
    processor.synchronise();
    processor.write(CONFIGURATION, processor.read(CONFIGURATION) | DATA_ON);
    processor.synchronise();
  }
}

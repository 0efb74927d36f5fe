package dunlin.boards.cortexm;

import dunlin.hal.Port;

/**
 * What ended the run before this one. startup.c leaves it in RAM that a reset keeps:
 *
 * <pre>
 *  0 {@link #NEW}, {@link #TOLD}, or anything where there was no trap
 *  4 reason, {@link dunlin.boards.runtime.Traps}
 *  8 address of the instruction, or behind the call
 * 12 address to which its function would have returned; 0 unknown
 * 16 status of a processor fault (Armv7-M Architecture Reference Manual, B3.2.15)
 * 20 address that was accessed; 0 unknown
 * </pre>
 *
 * The next run writes it to the console, a line that is no frame, before it does anything else:
 *
 * <pre>
 * ! TR 00000008 PC 08001234 LR 08005678 FS 00008200 FA 2fffffff
 * </pre>
 */
public final class LastTrap {
  /** A trap that nobody was told of: "TRAP" as it is loaded. */
  public static final int NEW = 0x54524150;

  /** A trap that the console was told of. */
  public static final int TOLD = 0x546F6C64;

  /** Words behind the first. */
  public static final int WORDS = 5;

  /** A byte takes 87 µs at 115,200 baud, some thousand rounds at 480 MHz; all bytes that often. */
  private static final int PATIENCE = 10_000_000;

  private final Processor processor;
  private final int record;
  private final byte[] character = new byte[1];
  private int patience = PATIENCE;

  /** The trap at {@code record}. */
  public LastTrap(Processor processor, int record) {
    this.processor = processor;
    this.record = record;
  }

  /** Whether there is one at {@code record} that nobody was told of. */
  public static boolean isNew(Processor processor, int record) {
    return processor.read(record) == NEW;
  }

  /** Tells it, once. */
  public void tell(Port console) {
    processor.write(record, TOLD);
    put(console, '\n');
    put(console, '!');
    word(console, 'T', 'R', 4);
    word(console, 'P', 'C', 8);
    word(console, 'L', 'R', 12);
    word(console, 'F', 'S', 16);
    word(console, 'F', 'A', 20);
    put(console, '\n');
  }

  private void word(Port console, int first, int second, int offset) {
    put(console, ' ');
    put(console, first);
    put(console, second);
    put(console, ' ');
    int word = processor.read(record + offset);
    for (int shift = 28; shift >= 0; shift -= 4) {
      int digit = word >>> shift & 15;
      put(console, digit < 10 ? '0' + digit : 'a' - 10 + digit);
    }
  }

  private void put(Port console, int value) {
    character[0] = (byte) value;
    while (patience > 0 && console.write(character, 0, 1) == 0) {
      patience--;
    }
  }
}

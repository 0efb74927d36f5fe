package dunlin.hil;

import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.Wake;

/**
 * Board Java that tries what Java defines and C does not. The first byte of a board's image
 * chooses: {@link #VALUES} sends the results of {@link LanguageResults}, the others do what throws
 * on the desktop.
 */
public final class LanguageProgram implements Firmware, Machine {
  static final int VALUES = 0;
  static final int ARRAY_INDEX = 1;
  static final int NULL_POINTER = 2;
  static final int NEGATIVE_ARRAY_SIZE = 3;
  static final int DIVISION_BY_ZERO = 4;
  static final int OUT_OF_MEMORY = 5;

  private Board board;
  private byte[] results = new byte[0];
  private int sent;
  private int sink;

  private int zero;

  /** Never there. */
  private int[] missing;

  @Override
  public Machine boot(Board on) {
    board = on;
    on.open(0, false);
    perform(on.flash().bytes()[0]);
    return this;
  }

  @Override
  public void step(long now, Wake wake) {
    board.watchdog().feed();
    sent += board.port(0).write(results, sent, results.length - sent);
    if (sent < results.length) {
      wake.transmit[0] = results.length - sent;
    }
  }

  /**
   * Does what {@code choice} says; the parts that must not be known when this is compiled come in.
   */
  void perform(int choice) {
    int[] array = new int[3];
    int three = array.length;
    switch (choice) {
      case ARRAY_INDEX -> array[three + choice] = 1;
      case NULL_POINTER -> sink = missing.length;
      case NEGATIVE_ARRAY_SIZE -> sink = new byte[-choice].length;
      case DIVISION_BY_ZERO -> sink = three / zero;
      case OUT_OF_MEMORY -> sink = new long[Integer.MAX_VALUE - choice].length;
      default -> {
        results = new LanguageResults().all();
        sink = results.length;
      }
    }
    sink += array[0];
  }

  /** Keeps what was computed from being dropped. */
  int sink() {
    return sink;
  }
}

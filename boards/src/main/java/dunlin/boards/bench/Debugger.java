package dunlin.boards.bench;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** Who listens to a board without a UART (Arm's Semihosting for AArch32 and AArch64, 2.0). */
@Include("replay.h")
final class Debugger {
  /** Bytes before an array's elements. */
  private static final int HEADER = 12;

  private Debugger() {}

  /** Writes a character. */
  @Import(name = "dunlin_put")
  static native void put(int character);

  /** Marks a place for who traces the execution. */
  @Import(name = "dunlin_mark")
  static native void mark();

  /** Ends the run: QEMU exits. */
  @Import(name = "dunlin_exit")
  static native void exit();

  /** Fills an array from the host's file; how many bytes were not there. */
  static int read(byte[] into) {
    return read(Address.ofObject(into).add(HEADER), into.length);
  }

  @Import(name = "dunlin_tape")
  private static native int read(Address into, int count);

  /** Writes a word as eight hexadecimal digits, and {@code after} them. */
  static void word(int word, int after) {
    for (int shift = 28; shift >= 0; shift -= 4) {
      int digit = word >>> shift & 15;
      put(digit < 10 ? '0' + digit : 'a' - 10 + digit);
    }
    put(after);
  }
}

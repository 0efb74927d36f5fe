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

  /** Writes an array's characters, up to a zero, in one call: calls are what takes time. */
  static void write(byte[] characters) {
    write(Address.ofObject(characters).add(HEADER));
  }

  @Import(name = "dunlin_writeLine")
  private static native void write(Address characters);

  /** Writes a word as eight hexadecimal digits, and {@code after} them. */
  static void word(int word, int after) {
    for (int shift = 28; shift >= 0; shift -= 4) {
      put(digit(word >>> shift & 15));
    }
    put(after);
  }

  /** The same into an array, from {@code at} on; where it ends. */
  static int word(int word, int after, byte[] line, int at) {
    int end = at;
    for (int shift = 28; shift >= 0; shift -= 4) {
      line[end++] = (byte) digit(word >>> shift & 15);
    }
    line[end++] = (byte) after;
    return end;
  }

  private static int digit(int value) {
    return value < 10 ? '0' + value : 'a' - 10 + value;
  }
}

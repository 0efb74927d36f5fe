package dunlin.host.flash;

import java.util.Arrays;

/**
 * Bytes that belong into flash in one piece, from the start of a sector on. The first {@link
 * FlashMemory#BLOCK} of them, its head, are what makes a board run or trust it: a firmware's
 * vectors, an image's header. They are written last.
 *
 * @param name for people: {@code firmware}, {@code image}
 * @param address of the first byte
 * @param bytes that belong there
 * @param isSealed whether its head vouches for the rest, as an image's CRC does
 */
public record Segment(String name, long address, byte[] bytes, boolean isSealed) {
  private static final byte BLANK = -1;

  /** A board's firmware. */
  public static Segment firmware(long address, byte[] bytes) {
    return new Segment("firmware", address, bytes, false);
  }

  /** A node's image. */
  public static Segment image(long address, byte[] bytes) {
    return new Segment("image", address, bytes, true);
  }

  /** This segment with blank bytes behind it, up to whole units of {@code unit} bytes. */
  Segment padded(int unit) {
    int size = (bytes.length + unit - 1) / unit * unit;
    byte[] padded = Arrays.copyOf(bytes, size);
    Arrays.fill(padded, bytes.length, size, BLANK);
    return new Segment(name, address, padded, isSealed);
  }

  int blocks() {
    return (bytes.length + FlashMemory.BLOCK - 1) / FlashMemory.BLOCK;
  }

  long address(int block) {
    return address + (long) block * FlashMemory.BLOCK;
  }

  /** A copy of a block: all but the last are whole. */
  byte[] block(int block) {
    int from = block * FlashMemory.BLOCK;
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + FlashMemory.BLOCK));
  }

  static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != BLANK) {
        return false;
      }
    }
    return true;
  }
}

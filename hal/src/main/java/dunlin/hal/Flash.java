package dunlin.hal;

/**
 * The part of a board's flash that holds its image. Offsets count from the start of that part.
 * Erased bytes read 0xFF.
 */
public interface Flash {
  /**
   * The bytes as they are mapped, to be read by kernels and {@code Dsp}: where arrays cannot lie in
   * flash, an empty array stands for it. Never written through.
   */
  byte[] bytes();

  /** How many bytes there are. */
  int size();

  /** The smallest unit that can be programmed, in bytes: 4 to 32. */
  int programUnit();

  /** The size in bytes of the sector that contains {@code offset}. */
  int sectorBytes(int offset);

  /**
   * Starts to erase the sector that contains {@code offset}. A reset that comes first leaves the
   * sector partly erased.
   *
   * @return false, with nothing started, while another operation is under way or where there is no
   *     such sector
   */
  boolean erase(int offset);

  /**
   * Starts to program {@code count} bytes; offset and count are multiples of {@link #programUnit},
   * and the target must have been erased. {@code from} belongs to the flash until {@link #busy} is
   * false. A reset that comes first leaves the first units programmed and the others erased.
   *
   * @return false, with nothing started, while another operation is under way, or where the target
   *     is unaligned, outside of the flash or not erased
   */
  boolean program(int offset, byte[] from, int fromOffset, int count);

  /** True while an erase or a program operation is under way; reads are undefined until then. */
  boolean busy();
}

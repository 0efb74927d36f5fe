package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.Processor;
import dunlin.hal.Flash;

/**
 * The flash from 0x08010000 on (RM0090, 3.8 and table 5): sector 4 of 64 KB, then sectors of 128
 * KB. There is one bank: while it erases or programs, the core stands still at its next fetch.
 */
final class ImageFlash implements Flash {
  private static final int ORIGIN = 0x0801_0000;
  private static final int FIRST_SECTOR = 4;
  private static final int FIRST_SECTOR_BYTES = 0x1_0000;
  private static final int SECTOR_BYTES = 0x2_0000;
  private static final int WORD = 4;

  private static final int ACCESS = 0x40023C00;
  private static final int DATA_CACHE = 1 << 10;
  private static final int RESET_DATA_CACHE = 1 << 12;

  private static final int KEY = 0x40023C04;
  private static final int KEY_1 = 0x45670123;
  private static final int KEY_2 = 0xCDEF89AB;

  private static final int STATUS = 0x40023C0C;
  private static final int BUSY = 1 << 16;

  private static final int CONTROL = 0x40023C10;
  private static final int PROGRAM = 1;
  private static final int ERASE_SECTOR = 1 << 1;
  private static final int SECTOR_SHIFT = 3;
  private static final int BY_WORDS = 2 << 8;
  private static final int START = 1 << 16;
  private static final int LOCK = 1 << 31;

  /** A word takes at most 100 µs (DS8626, table 40): some 4,000 rounds. */
  private static final int PATIENCE = 100_000;

  private final Processor processor;
  private final byte[] image;

  ImageFlash(Processor processor, byte[] image) {
    this.processor = processor;
    this.image = image;
  }

  @Override
  public byte[] bytes() {
    return image;
  }

  @Override
  public int size() {
    return image.length;
  }

  @Override
  public int programUnit() {
    return WORD;
  }

  @Override
  public int sectorBytes(int offset) {
    return offset < FIRST_SECTOR_BYTES ? FIRST_SECTOR_BYTES : SECTOR_BYTES;
  }

  @Override
  public boolean erase(int offset) {
    if (offset < 0 || offset >= image.length || !unlock()) {
      return false;
    }
    int later = (offset + SECTOR_BYTES - FIRST_SECTOR_BYTES) / SECTOR_BYTES;
    int sector = FIRST_SECTOR + later << SECTOR_SHIFT;
    processor.write(CONTROL, ERASE_SECTOR | BY_WORDS | sector);
    processor.write(CONTROL, ERASE_SECTOR | BY_WORDS | sector | START);
    processor.write(CONTROL, LOCK); // waits for the end of the erasure
    forgetCachedData();
    return true;
  }

  @Override
  public boolean program(int offset, byte[] from, int fromOffset, int count) {
    if ((offset | count) % WORD != 0 || !erased(offset, count) || !unlock()) {
      return false;
    }
    processor.write(CONTROL, PROGRAM | BY_WORDS);
    for (int i = 0; i < count; i += WORD) {
      processor.write(ORIGIN + offset + i, word(from, fromOffset + i));
      awaitIdle();
    }
    processor.write(CONTROL, LOCK);
    forgetCachedData();
    return true;
  }

  @Override
  public boolean busy() {
    return (processor.read(STATUS) & BUSY) != 0;
  }

  /**
   * False while the flash is busy, and on QEMU, whose flash has no controller: it is not locked.
   */
  private boolean unlock() {
    if (busy() || (processor.read(CONTROL) & LOCK) == 0) {
      return false;
    }
    processor.write(KEY, KEY_1);
    processor.write(KEY, KEY_2);
    return true;
  }

  /** At any offset. */
  private static int word(byte[] m, int at) {
    return m[at] & 0xff | (m[at + 1] & 0xff) << 8 | (m[at + 2] & 0xff) << 16 | m[at + 3] << 24;
  }

  /** The cache must be off to be reset (3.5.2). */
  private void forgetCachedData() {
    int access = processor.read(ACCESS);
    processor.write(ACCESS, access & ~DATA_CACHE);
    processor.write(ACCESS, access & ~DATA_CACHE | RESET_DATA_CACHE);
    processor.write(ACCESS, access);
  }

  private boolean erased(int offset, int count) {
    if (offset < 0 || count < 0 || offset > image.length - count) {
      return false;
    }
    for (int i = offset; i < offset + count; i++) {
      if (image[i] != -1) {
        return false;
      }
    }
    return true;
  }

  private void awaitIdle() {
    for (int i = 0; i < PATIENCE && busy(); i++) {
      processor.fence();
    }
  }
}

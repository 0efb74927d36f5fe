package dunlin.boards.stm32f4;

import dunlin.hal.Flash;

/**
 * The flash from 0x08010000 on (RM0090, table 5): sector 4 of 64 KB, and sectors of 128 KB after
 * it. Read-only: an image is flashed by the host.
 */
final class ImageFlash implements Flash {
  private static final int SECTOR_4_BYTES = 0x10000;
  private static final int LATER_SECTOR_BYTES = 0x20000;

  private final byte[] image;

  ImageFlash(byte[] image) {
    this.image = image;
  }

  @Override
  public byte[] bytes() {
    return image;
  }

  @Override
  public int programUnit() {
    return 4;
  }

  @Override
  public int sectorBytes(int offset) {
    return offset < SECTOR_4_BYTES ? SECTOR_4_BYTES : LATER_SECTOR_BYTES;
  }

  @Override
  public boolean erase(int offset) {
    return false;
  }

  @Override
  public boolean program(int offset, byte[] from, int fromOffset, int count) {
    return false;
  }

  @Override
  public boolean busy() {
    return false;
  }
}

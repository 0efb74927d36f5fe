package dunlin.boards.cortexm;

import dunlin.hal.Flash;

/** An image that only the host can change; all of it one sector. */
public final class ReadOnlyFlash implements Flash {
  private final byte[] bytes;
  private final int size;

  /**
   * A flash that holds {@code bytes}.
   *
   * @param size how many they are, or how many an empty array stands for
   */
  public ReadOnlyFlash(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int programUnit() {
    return 4;
  }

  @Override
  public int sectorBytes(int offset) {
    return size;
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

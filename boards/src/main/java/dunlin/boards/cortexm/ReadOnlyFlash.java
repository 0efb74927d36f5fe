package dunlin.boards.cortexm;

import dunlin.hal.Flash;

/** An image that only the host can change; all of it one sector. */
public final class ReadOnlyFlash implements Flash {
  private final byte[] bytes;

  /** A flash that holds {@code bytes}. */
  public ReadOnlyFlash(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int size() {
    return bytes.length;
  }

  @Override
  public int programUnit() {
    return 4;
  }

  @Override
  public int sectorBytes(int offset) {
    return bytes.length;
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

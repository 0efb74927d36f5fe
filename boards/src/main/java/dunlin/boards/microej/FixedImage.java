package dunlin.boards.microej;

import dunlin.hal.Flash;

/** An image in flash that only the host's flasher can change; all of it one sector. */
final class FixedImage implements Flash {
  private final byte[] standIn = new byte[0];
  private final int size;

  /**
   * @param size bytes of flash that are there for an image
   */
  FixedImage(int size) {
    this.size = size;
  }

  /** Stands for the image: {@link ManagedDsp} and the natives of kernels know it by its length. */
  @Override
  public byte[] bytes() {
    return standIn;
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

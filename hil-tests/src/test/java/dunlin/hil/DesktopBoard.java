package dunlin.hil;

import dunlin.boards.microej.NodeLoop;

/** A managed node on the desktop: loaded beside the node's classes, with natives of its own. */
public final class DesktopBoard implements ManagedDesk {
  private NodeLoop node;

  /** A board without an image. */
  public DesktopBoard() {}

  @Override
  public void boot(byte[] image) {
    flash(image);
    node = new NodeLoop();
  }

  @Override
  public void turn() {
    node.turn();
  }

  @Override
  public void send(byte[] bytes) {
    type(bytes);
  }

  @Override
  public byte[] receive() {
    return said();
  }

  @Override
  public boolean slept() {
    return sleeps();
  }

  @Override
  public long spiEnd() {
    return end();
  }

  @Override
  public void wireSpi(long otherEnd) {
    wire(otherEnd);
  }

  private static native void flash(byte[] image);

  private static native void type(byte[] bytes);

  private static native byte[] said();

  private static native boolean sleeps();

  private static native long end();

  private static native void wire(long otherEnd);
}

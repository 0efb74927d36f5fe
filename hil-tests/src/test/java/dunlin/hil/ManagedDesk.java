package dunlin.hil;

/** The test's end of a managed node on the desktop. */
public interface ManagedDesk {
  /** Boots a node of an image. */
  void boot(byte[] image);

  /** Has the node take a step. */
  void turn();

  /** Sends bytes to its console. */
  void send(byte[] bytes);

  /** What it has said on its console. */
  byte[] receive();

  /** Whether it slept after its last step; its time has passed then. */
  boolean slept();

  /** The address of its end of SPI port 0. */
  long spiEnd();

  /** Wires SPI port 0 to another's. */
  void wireSpi(long otherEnd);
}

package dunlin.boards.microej;

import dunlin.firmware.Node;
import dunlin.hal.Wake;

/**
 * A node of a flock in an application: create it, and have a thread {@link #run} it. Everything is
 * allocated by the constructor.
 */
public final class NodeLoop {
  private final MicroEjBoard board = new MicroEjBoard();
  private final Node node = new Node(board);
  private final Wake wake = new Wake(board.ports());

  /** Boots the node of the image in flash; without a good one it says to the host what is wrong. */
  public NodeLoop() {}

  /** Does not return. */
  public void run() {
    while (true) {
      turn();
    }
  }

  /** One step of the node, and the sleep after it, which lets other threads run. */
  public void turn() {
    wake.clear();
    node.step(board.clock().now(), wake);
    board.rest(wake);
  }
}

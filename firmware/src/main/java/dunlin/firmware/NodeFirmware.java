package dunlin.firmware;

import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;

/** The firmware of every board: a {@link Node}. */
public final class NodeFirmware implements Firmware {
  @Override
  public Machine boot(Board board) {
    return new Node(board);
  }
}

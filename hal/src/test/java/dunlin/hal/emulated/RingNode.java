package dunlin.hal.emulated;

import dunlin.hal.Board;
import dunlin.hal.Machine;
import dunlin.hal.Wake;

/** Passes one token from port 1 on to port 2; the starter sends it first. */
final class RingNode implements Machine {
  private final Board board;
  private final byte[] token = {42};
  private boolean sendFirst;

  RingNode(Board board, boolean starter) {
    this.board = board;
    this.sendFirst = starter;
  }

  @Override
  public void step(long now, Wake wake) {
    if (sendFirst || board.port(1).read(token, 0, 1) == 1) {
      board.port(2).write(token, 0, 1);
      sendFirst = false;
    }
    wake.receive[1] = 1;
  }

  /** Boards in a ring, of which board 0 starts. */
  static Emulation ring(int boards) {
    Emulation emulation = new Emulation();
    for (int i = 0; i < boards; i++) {
      boolean starter = i == 0;
      emulation.add(Specs.board("n" + i, 3), board -> new RingNode(board, starter));
    }
    for (int i = 0; i < boards; i++) {
      EmulatedBoard next = emulation.boards().get((i + 1) % boards);
      emulation.wire(emulation.boards().get(i).uart(2), next.uart(1));
    }
    return emulation;
  }
}

package dunlin.boards.bench;

import dunlin.firmware.Node;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.Wake;

/**
 * A node whose steps are laps. It looks what has come in before each step, which then finds nothing
 * new: so what the link takes of a step is not the op's.
 */
public final class ReplayedFirmware implements Firmware {
  @Override
  public Machine boot(Board board) {
    StoppedClock clock = (StoppedClock) board.clock();
    clock.laps().calibrate();
    Node node = new Node(board);
    clock.laps().start();
    return new Replayed(node, clock.laps(), clock.processor());
  }

  private static final class Replayed implements Machine {
    private final Node node;
    private final Laps laps;
    private final ReplayProcessor processor;

    Replayed(Node node, Laps laps, ReplayProcessor processor) {
      this.node = node;
      this.laps = laps;
      this.processor = processor;
    }

    /** A step that gets an op any further is the op's; one that finds it waiting is the loop's. */
    @Override
    public void step(long now, Wake wake) {
      laps.stop(Laps.LOOP);
      int listens = processor.arrived() ? Laps.LINK : Laps.LOOP;
      laps.start();
      node.listen();
      laps.stop(listens);
      int op = node.opIndex();
      laps.start();
      node.step(now, wake);
      laps.stop(wake.deadline == now ? op : Laps.LOOP);
      laps.start();
    }
  }
}

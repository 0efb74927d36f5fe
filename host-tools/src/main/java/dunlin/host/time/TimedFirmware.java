package dunlin.host.time;

import dunlin.firmware.Node;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.hal.emulated.WatchedBoard;
import dunlin.host.compile.Workload;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node whose work takes virtual time. An op that computes is done when its time has passed; what
 * comes in meanwhile waits in the ports' queues, and what is to go out beyond the transmit queue
 * waits for the end of the op, as on a board. A frame that comes in takes its time before an op
 * sees it; one that goes out takes it while it is on the wire.
 */
public final class TimedFirmware implements Firmware {
  private final Workload work;
  private final Pace pace;
  private final Watcher watcher;
  private final int later;

  /** Sees what a node is busy with. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * The node has work.
     *
     * @param op the op's index, or -1 for "outside of any op"
     * @param moves whether it is with bytes of links
     * @param from board time in nanoseconds
     * @param nanos how long
     */
    void busy(int op, boolean moves, long from, long nanos);
  }

  /** A node with a program, on a board with a pace. */
  public TimedFirmware(Workload work, Pace pace) {
    this(work, pace, (op, moves, from, nanos) -> {}, 0);
  }

  /**
   * A node that is watched.
   *
   * @param later positions by which passes count as later than they are
   */
  public TimedFirmware(Workload work, Pace pace, Watcher watcher, int later) {
    this.work = work;
    this.pace = pace;
    this.watcher = watcher;
    this.later = later;
  }

  @Override
  public Machine boot(Board board) {
    FramedBoard framed = new FramedBoard(board);
    return new TimedNode(new Node(framed), framed);
  }

  private final class TimedNode implements Machine {
    private final Node node;
    private final FramedBoard board;
    private long busyUntil;

    /** The op that has taken its time, and is still to be executed; -1 for none. */
    private int paid = -1;

    TimedNode(Node node, FramedBoard board) {
      this.node = node;
      this.board = board;
    }

    @Override
    public void step(long now, Wake wake) {
      if (now >= busyUntil && !listens(now) && !begins(now)) {
        int before = node.opIndex();
        node.step(now, wake);
        if (before < 0 && node.opIndex() > 0) {
          begin(0, now); // the first op goes with the request
        }
        move(now);
        paid = node.opIndex() == paid ? paid : -1;
      }
      if (now < busyUntil) {
        wake.clear();
        wake.deadline = busyUntil;
      }
    }

    /** Takes what has come in during a pass, which takes time. */
    private boolean listens(long now) {
      if (node.opIndex() < 0) {
        return false;
      }
      node.listen();
      move(now);
      return now < busyUntil;
    }

    /** Begins an op. */
    private boolean begins(long now) {
      int op = node.opIndex();
      if (op < 0 || op == paid || op >= work.ops()) {
        return false;
      }
      begin(op, now);
      paid = op;
      return now < busyUntil;
    }

    private void begin(int op, long now) {
      long nanos = pace.nanos(work.work(op, node.rows(), node.position() + later));
      spend(op, work.moves(op), now, nanos);
    }

    private void move(long now) {
      int op = node.opIndex();
      spend(op < work.ops() ? op : -1, true, now, board.takeNanos());
    }

    private void spend(int op, boolean moves, long now, long nanos) {
      if (nanos > 0) {
        long from = Math.max(now, busyUntil);
        watcher.busy(op, moves, from, nanos);
        busyUntil = from + nanos;
      }
    }
  }

  /** A board whose frames take time. */
  private final class FramedBoard extends WatchedBoard {
    private final List<FrameTally> in;
    private final List<FrameTally> out;
    private long nanos;

    FramedBoard(Board board) {
      super(board);
      in = tallies((kind, id, bytes) -> pace.received(work.mover(kind, id), bytes, work.ports()));
      out = tallies((kind, id, bytes) -> pace.sent(work.mover(kind, id), bytes));
    }

    private List<FrameTally> tallies(Cost cost) {
      return Stream.generate(() -> new FrameTally((k, id, n) -> nanos += cost.nanos(k, id, n)))
          .limit(ports())
          .toList();
    }

    /** What the frames have taken since this was last asked. */
    long takeNanos() {
      long taken = nanos;
      nanos = 0;
      return taken;
    }

    @Override
    protected void received(int port, byte[] into, int offset, int count) {
      in.get(port).take(into, offset, count);
    }

    @Override
    protected void sent(int port, byte[] from, int offset, int count) {
      out.get(port).take(from, offset, count);
    }
  }

  /** Of a frame. */
  @FunctionalInterface
  private interface Cost {
    long nanos(int kind, int collective, int bytes);
  }
}

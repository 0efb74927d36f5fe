package dunlin.host.time;

import dunlin.firmware.Node;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.hal.emulated.WatchedBoard;
import dunlin.host.compile.Workload;

/**
 * A node whose work takes virtual time. An op that computes is done when its time has passed; what
 * comes in meanwhile waits in the ports' queues, and what is to go out beyond the transmit queue
 * waits for the end of the op, as on a board. Bytes that come in take their time before an op sees
 * them; those that go out take it while they are on the wire.
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
    CountedBoard counted = new CountedBoard(board);
    return new TimedNode(new Node(counted), counted);
  }

  private final class TimedNode implements Machine {
    private final Node node;
    private final CountedBoard board;
    private long busyUntil;

    /** The op that has taken its time, and is still to be executed; -1 for none. */
    private int paid = -1;

    TimedNode(Node node, CountedBoard board) {
      this.node = node;
      this.board = board;
    }

    @Override
    public void step(long now, Wake wake) {
      if (now >= busyUntil && !listens(now) && !computes(now)) {
        int before = node.opIndex();
        node.step(now, wake);
        paid = -1;
        if (before < 0 && node.opIndex() > 0) {
          compute(0, now); // the first op goes with the request
        }
        move(node.opIndex(), now);
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
      move(node.opIndex(), now);
      return now < busyUntil;
    }

    /** Begins an op. */
    private boolean computes(long now) {
      int op = node.opIndex();
      if (op < 0 || op == paid || op >= work.ops() || work.moves(op)) {
        return false;
      }
      compute(op, now);
      paid = op;
      return now < busyUntil;
    }

    private void compute(int op, long now) {
      long nanos = pace.nanos(work.work(op, node.rows(), node.position() + later));
      spend(op, false, now, nanos);
    }

    private void move(int op, long now) {
      boolean within = op >= 0 && op < work.ops();
      String name = within ? work.name(op) : CoreCosts.BETWEEN;
      spend(within ? op : -1, true, now, pace.nanos(name, board.received, board.sent));
      board.received = 0;
      board.sent = 0;
    }

    private void spend(int op, boolean moves, long now, long nanos) {
      if (nanos > 0) {
        long from = Math.max(now, busyUntil);
        watcher.busy(op, moves, from, nanos);
        busyUntil = from + nanos;
      }
    }
  }

  private static final class CountedBoard extends WatchedBoard {
    private long received;
    private long sent;

    CountedBoard(Board board) {
      super(board);
    }

    @Override
    protected void received(int port, byte[] into, int offset, int count) {
      received += count;
    }

    @Override
    protected void sent(int port, byte[] from, int offset, int count) {
      sent += count;
    }
  }
}

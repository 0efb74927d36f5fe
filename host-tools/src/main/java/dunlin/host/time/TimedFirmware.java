package dunlin.host.time;

import dunlin.firmware.Node;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.hal.emulated.WatchedBoard;
import dunlin.host.compile.OpWork;
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
  public interface Watcher {
    /** Sees nothing. */
    Watcher NONE =
        new Watcher() {
          @Override
          public void busy(int op, Phase phase, long from, long nanos) {}

          @Override
          public void sent(int op, long at, long bytes) {}
        };

    /**
     * The node has work, or waits for weights.
     *
     * @param op the op's index, or -1 for "outside of any op"
     * @param phase what with
     * @param from board time in nanoseconds
     * @param nanos how long
     */
    void busy(int op, Phase phase, long from, long nanos);

    /**
     * The node has given bytes to its links.
     *
     * @param op the op's index, or -1 for "outside of any op"
     * @param at board time in nanoseconds
     * @param bytes how many
     */
    void sent(int op, long at, long bytes);
  }

  /** A node with a program, on a board with a pace. */
  public TimedFirmware(Workload work, Pace pace) {
    this(work, pace, Watcher.NONE, 0);
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
    private final WeightChannel channel = pace.channel(work.residency());
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
      OpWork todo = work.work(op, node.rows(), node.position() + later);
      long nanos = pace.nanos(todo);
      long from = Math.max(now, busyUntil);
      spend(op, Phase.OFF_CHIP, now, channel.waits(op, todo.weightBytes(), from, nanos));
      spend(op, Phase.COMPUTE, now, nanos);
    }

    private void move(int op, long now) {
      boolean within = op >= 0 && op < work.ops();
      String name = within ? work.name(op) : CoreCosts.BETWEEN;
      int during = within ? op : -1;
      spend(during, Phase.LINK, now, pace.nanos(name, board.received, board.sent));
      if (board.sent > 0) {
        watcher.sent(during, now, board.sent);
      }
      board.received = 0;
      board.sent = 0;
    }

    private void spend(int op, Phase phase, long now, long nanos) {
      if (nanos > 0) {
        long from = Math.max(now, busyUntil);
        watcher.busy(op, phase, from, nanos);
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

package dunlin.host.time;

import dunlin.firmware.Node;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import dunlin.hal.Wake;
import dunlin.hal.emulated.WatchedBoard;
import dunlin.host.compile.OpWork;
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

  /**
   * A node with a program, on a board with a pace.
   *
   * @throws dunlin.boards.Refusal where the board's core has no price for an op of the program
   */
  public TimedFirmware(Workload work, Pace pace) {
    this(work, pace, Watcher.NONE, 0);
  }

  /**
   * A node that is watched.
   *
   * @param later positions by which passes count as later than they are
   * @throws dunlin.boards.Refusal where the board's core has no price for an op of the program
   */
  public TimedFirmware(Workload work, Pace pace, Watcher watcher, int later) {
    pace.refusal(work)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
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
    private final WeightChannel channel = pace.channel(work.residency());
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
      OpWork todo = work.work(op, node.rows(), node.position() + later);
      long nanos = pace.nanos(todo);
      long from = Math.max(now, busyUntil);
      spend(op, Phase.OFF_CHIP, now, channel.waits(op, todo.weightBytes(), from, nanos));
      spend(op, work.moves(op) ? Phase.LINK : Phase.COMPUTE, now, nanos);
    }

    private void move(long now) {
      int op = node.opIndex() < work.ops() ? node.opIndex() : -1;
      spend(op, Phase.LINK, now, board.takeNanos());
      long sent = board.takeSent();
      if (sent > 0) {
        watcher.sent(op, now, sent);
      }
    }

    private void spend(int op, Phase phase, long now, long nanos) {
      if (nanos > 0) {
        long from = Math.max(now, busyUntil);
        watcher.busy(op, phase, from, nanos);
        busyUntil = from + nanos;
      }
    }
  }

  /** A board whose frames take time. */
  private final class FramedBoard extends WatchedBoard {
    private final List<FrameTally> in;
    private final List<FrameTally> out;
    private long nanos;
    private long sent;

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

    /** Bytes that went to ports since this was last asked. */
    long takeSent() {
      long taken = sent;
      sent = 0;
      return taken;
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
      sent += count;
    }
  }

  /** Of a frame. */
  @FunctionalInterface
  private interface Cost {
    long nanos(int kind, int collective, int bytes);
  }
}

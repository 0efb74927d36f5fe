package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.firmware.Request;
import dunlin.firmware.Result;
import dunlin.firmware.Segment;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Traffic.Kind;
import dunlin.kernels.Candidate;
import dunlin.kernels.Dsp;
import dunlin.kernels.LinearDsp;
import java.util.List;

/**
 * The link between a node and its parent, the host for the root: what a pass sends over it, as the
 * node's program has it.
 */
final class Uplink {
  private final Program program;

  /** The node's port towards its parent; {@link Op#NO_PORT} at the root. */
  private final int port;

  /** Labels or tokens whose logits lie on this node, and on each below it, in this order. */
  private final List<Integer> logits;

  private final LinkMeter meter = new LinkMeter();

  /** What the pass under way is about. */
  private Question asked;

  Uplink(Program program, int port, List<Integer> logits) {
    this.program = program;
    this.port = port;
    this.logits = logits;
  }

  /** What the next pass sends. */
  LinkTraffic pass(Question question) {
    asked = question;
    meter.begin();
    boolean root = port == Op.NO_PORT;
    if (root) {
      meter.input(asked.inputBytes());
    }
    meter.down(Kind.REQUEST, Request.TOKENS + Integer.BYTES * asked.requestTokens());
    if (!root) {
      collectives();
    } else if (asked.logitRows() > 0) {
      logits(meter::upToHost);
      meter.upToHost(Kind.RESULT, Result.BYTES);
    } else {
      meter.up(Kind.RESULT, Result.BYTES);
    }
    return meter.end();
  }

  private void collectives() {
    for (Program.Step op : program.steps()) {
      switch (op.format()) {
        case FETCH -> fetch(op);
        case BROADCAST -> broadcast(op);
        case REDUCE -> reduce(op);
        case SEND_LOGITS -> {
          if (asked.logitRows() > 0) {
            logits(meter::relayed);
          }
        }
        case MERGE -> meter.messageUp(Kind.MERGE, asked.candidates(), Candidate.BYTES);
        case END_PREFILL -> {
          if (!asked.sampled()) {
            return;
          }
        }
        default -> {} // stays on the node
      }
    }
  }

  /** A frame towards the host. */
  @FunctionalInterface
  private interface Up {
    void frame(Kind kind, int payload);
  }

  /** Of one row, or of all where the node holds whole rows. */
  private void logits(Up up) {
    for (int count : logits) {
      for (int left = Integer.BYTES * count * asked.logitRows();
          left > 0;
          left -= Segment.MAX_DATA) {
        up.frame(Kind.LOGITS, Segment.DATA + Math.min(left, Segment.MAX_DATA));
      }
    }
  }

  private void broadcast(Program.Step op) {
    int rows = op.number(Op.Broadcast.ROWS) == Op.ALL ? asked.rows() : 1;
    int scaleBytes = op.part(Op.Broadcast.SCALES) == null ? 0 : Integer.BYTES;
    int bytes = rows * (scaleBytes + op.number(Op.Broadcast.ROW_BYTES));
    if (op.number(Op.Broadcast.FROM) == port) {
      meter.messageDown(Kind.BROADCAST, bytes, Byte.BYTES);
    } else if ((op.number(Op.Broadcast.TO) >> port & 1) != 0) {
      meter.messageUp(Kind.BROADCAST, bytes, Byte.BYTES);
    }
  }

  private void reduce(Program.Step op) {
    if (op.number(Op.Reduce.TO) == port) {
      int sums = asked.rows() * op.number(Op.Reduce.CHANNELS);
      meter.messageUp(Kind.REDUCE, sums, op.number(Op.Reduce.ELEMENT_BYTES));
    }
  }

  /** A message for each row that lies on this node or below it. */
  private void fetch(Program.Step op) {
    int rowBytes = LinearDsp.padded(Integer.BYTES + op.number(Op.Fetch.WIDTH));
    for (int token : asked.tokens()) {
      if (holds(op, token)) {
        meter.messageUp(Kind.FETCH, rowBytes, Byte.BYTES);
      }
    }
  }

  private static boolean holds(Program.Step op, int token) {
    int first = op.number(Op.Fetch.FIRST);
    if (token >= first && token < first + op.number(Op.Fetch.COUNT)) {
      return true;
    }
    byte[] routes = ((Constant) op.part(Op.Fetch.ROUTES).operand()).bytes();
    int from = op.number(Op.Fetch.FROM);
    for (int port = 0; port < routes.length >> 3; port++) {
      if ((from >> port & 1) != 0
          && token >= Dsp.load32(routes, port << 3)
          && token < Dsp.load32(routes, (port << 3) + 4)) {
        return true;
      }
    }
    return false;
  }
}

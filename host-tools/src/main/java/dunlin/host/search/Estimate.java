package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.boards.Performance;
import dunlin.firmware.Frame;
import dunlin.host.model.TransformerShape;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import dunlin.host.search.Objective.Score;

/**
 * Roughly what a flock takes, from the model's shape alone: good enough to tell which flocks are
 * worth a rehearsal, and nothing more. What is computed is divided by the nodes of a stage, what is
 * moved goes down and up the levels of its wires in segments of a frame.
 */
final class Estimate {
  private static final double NANOS = 1e9;

  /** Header and CRC of a frame. */
  private static final int FRAME = Frame.PAYLOAD + Frame.CRC_BYTES;

  /** Bytes of a partial sum. */
  private static final int SUM = 4;

  /** Instructions for a byte that is received or sent. */
  private static final int LINK_INSTRUCTIONS = 40;

  /** Instructions for a multiply-accumulate, all that goes with it included. */
  private static final double MAC_INSTRUCTIONS = 2;

  /** Instructions for a channel of norm, addition and their like at the leader of a stage. */
  private static final int LEADER_INSTRUCTIONS = 60;

  private final TransformerShape config;
  private final BoardType board;
  private final int position;
  private final double instruction;

  Estimate(TransformerShape config, BoardType board, int position) {
    this.config = config;
    this.board = board;
    this.position = position;
    Performance performance = board.performance();
    instruction = NANOS * performance.cyclesPerInstruction() / performance.hertz();
  }

  Score of(Candidate flock) {
    int group = (flock.nodes() + flock.stages() - 1) / flock.stages();
    double width = config.heads() * config.headSize();
    double kv = config.kvHeads() * config.headSize();
    double attention = config.dim() * (2 * width + 2 * kv) + 2 * width * position;
    double feedForward = 3.0 * config.dim() * config.hidden();
    double head = (double) config.dim() * config.vocabulary();
    double sharedMacs =
        config.layers() * (attention / Math.min(group, config.kvHeads()) + feedForward / group)
            + head / flock.nodes();
    double leader = 4.0 * config.layers() * config.dim() * LEADER_INSTRUCTIONS;
    double busy = (sharedMacs * MAC_INSTRUCTIONS + leader) * instruction;
    double moved =
        2 * config.layers() * exchange(flock, group) + (flock.stages() - 1) * handOn(flock);
    double all = config.layers() * (attention + feedForward) + head;
    double nanos = busy + moved;
    return new Score(flock.nodes(), nanos, energy(flock, nanos, all));
  }

  /** A broadcast to all nodes of a stage, and a reduction. */
  private double exchange(Candidate flock, int group) {
    if (group == 1) {
      return 0;
    }
    int levels = levels(flock.topology(), group);
    return transfer(flock.link(), config.dim(), levels, 1)
        + transfer(flock.link(), SUM * config.dim(), levels, fanOut(flock.topology(), group));
  }

  private double handOn(Candidate flock) {
    return transfer(flock.link(), SUM * config.dim(), 1, 1);
  }

  /** Segments follow each other from level to level; a node takes those of all its children. */
  private double transfer(LinkKind link, int payload, int levels, int fanOut) {
    int segment = Math.min(payload, Frame.MAX_PAYLOAD);
    int segments = (payload + segment - 1) / segment;
    double bytes = segment + FRAME;
    double wire = bytes * NANOS / link.bytesPerSecond(board);
    double work = bytes * LINK_INSTRUCTIONS * instruction;
    return (segments + levels - 1) * Math.max(wire, fanOut * work) + levels * work;
  }

  private static int fanOut(Topology topology, int group) {
    return switch (topology) {
      case TREE -> Math.min(3, group - 1);
      case RING -> Math.min(2, group - 1);
      case CHAIN -> 1;
    };
  }

  private static int levels(Topology topology, int group) {
    return switch (topology) {
      case TREE -> (int) Math.ceil(Math.log(group) / Math.log(4) - 1e-9);
      case RING -> group / 2;
      case CHAIN -> group - 1;
    };
  }

  private double energy(Candidate flock, double nanos, double macs) {
    Performance performance = board.performance();
    double more = performance.activeMilliwatts() - performance.idleMilliwatts();
    return 1e-6
        * (flock.nodes() * nanos * performance.idleMilliwatts()
            + macs * MAC_INSTRUCTIONS * instruction * more);
  }
}

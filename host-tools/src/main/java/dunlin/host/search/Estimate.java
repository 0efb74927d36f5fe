package dunlin.host.search;

import dunlin.boards.BoardType;
import dunlin.boards.OffChip;
import dunlin.boards.Performance;
import dunlin.firmware.Frame;
import dunlin.host.model.TransformerShape;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import dunlin.host.search.Objective.Score;
import java.util.List;

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
  private final int position;

  Estimate(TransformerShape config, int position) {
    this.config = config;
    this.position = position;
  }

  Score of(Candidate flock) {
    List<BoardType> boards = flock.boards();
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
    double rates = boards.stream().mapToDouble(board -> 1 / instruction(board)).sum();
    double busy =
        sharedMacs * MAC_INSTRUCTIONS * flock.nodes() / rates
            + leader * instruction(boards.get(0))
            + fetched(flock, sharedMacs);
    double moved =
        2 * config.layers() * exchange(flock, group) + (flock.stages() - 1) * handOn(flock);
    double all = config.layers() * (attention + feedForward) + head;
    double nanos = busy + moved;
    return new Score(flock.nodes(), nanos, energy(flock, nanos, all));
  }

  /** Nanoseconds of an instruction. */
  private static double instruction(BoardType board) {
    Performance performance = board.performance();
    return NANOS * performance.cyclesPerInstruction() / performance.hertz();
  }

  /** Weights that do not fit on the chip come over its channel. */
  private static double fetched(Candidate flock, double weights) {
    OffChip memory = flock.boards().get(0).performance().offChip();
    if (memory == null) {
      return 0;
    }
    double room = memory.residentBytes() + flock.boards().get(0).ramBytes() / 2.0;
    return Math.max(0, weights - room) * NANOS / memory.bytesPerSecond();
  }

  /** A broadcast to all nodes of a stage, and a reduction. */
  private double exchange(Candidate flock, int group) {
    if (group == 1) {
      return 0;
    }
    int levels = levels(flock.topology(), group);
    int fanOut = Math.min(flock.topology().atRoot(), group - 1);
    return transfer(flock, config.dim(), levels, 1)
        + transfer(flock, SUM * config.dim(), levels, fanOut);
  }

  private double handOn(Candidate flock) {
    return transfer(flock, SUM * config.dim(), 1, 1);
  }

  /** Segments follow each other from level to level; a node takes those of all its children. */
  private static double transfer(Candidate flock, int payload, int levels, int fanOut) {
    BoardType root = flock.boards().get(0);
    LinkKind link = flock.link();
    int segment = Math.min(payload, Frame.MAX_PAYLOAD);
    int segments = (payload + segment - 1) / segment;
    double bytes = segment + FRAME;
    double wire = bytes * NANOS / link.bytesPerSecond(root);
    double work = bytes * LINK_INSTRUCTIONS * instruction(root);
    return (segments + levels - 1) * Math.max(wire, fanOut * work) + levels * work;
  }

  /** Of a tree, those that its last node is away from the root. */
  private static int levels(Topology topology, int group) {
    if (topology == Topology.RING) {
      return group / 2;
    }
    int levels = 0;
    long held = 1;
    for (long widest = 1; held < group; held += widest) {
      widest *= topology.fanOut();
      levels++;
    }
    return levels;
  }

  private static double energy(Candidate flock, double nanos, double macs) {
    double microjoules = 0;
    for (BoardType board : flock.boards()) {
      Performance performance = board.performance();
      double busy = macs / flock.nodes() * MAC_INSTRUCTIONS * instruction(board);
      double more = performance.activeMilliwatts() - performance.idleMilliwatts();
      microjoules += 1e-6 * (nanos * performance.idleMilliwatts() + busy * more);
    }
    return microjoules;
  }
}

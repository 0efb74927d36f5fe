package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.TransformerShape;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Schedule;
import dunlin.host.plan.Shard;
import dunlin.host.plan.Slice;
import dunlin.host.plan.Wiring;
import dunlin.host.quantise.QuantisedModel.Sum;

/**
 * Emits what moves between nodes. Each collective has one number on all nodes; a node takes part if
 * it, or any node below it, has a share in what is moved. Those of a block stay within a pipeline
 * stage, between its leader and the others; the rest goes through all.
 */
final class Collectives {
  private static final Ram NONE = new Ram("none", 0, false);

  private final Plan plan;
  private final TransformerShape config;
  private final int rank;
  private final Program program;
  private final Wiring wiring;
  private final Slice vocabulary;
  private final boolean leads;
  private int next;

  Collectives(Plan plan, int rank, Program program) {
    this.plan = plan;
    this.config = plan.model().config();
    this.rank = rank;
    this.program = program;
    wiring = plan.wiring();
    vocabulary = plan.members().get(rank).shard().vocabulary();
    leads = wiring.leader(rank) == rank;
  }

  /** Whether this node or any below it has a share; who gathers always takes part. */
  boolean concerns(Shards share) {
    boolean gathers = share == Shards.VOCABULARY ? rank == 0 : leads;
    return gathers || wiring.any(rank, r -> has(r, share));
  }

  /** Whether this node holds the residual stream in the end. */
  boolean leadsLast() {
    return rank == wiring.lastLeader();
  }

  /** Leaves out the next {@code count} collectives, which do not concern this node. */
  void skip(int count) {
    next += count;
  }

  /** Rows, and a word of each, from the leader of this stage to those of its nodes with a share. */
  void broadcast(Ram buffer, Ram scales, Shards share) {
    int id = next++;
    int to = ports(share);
    if (!leads || to != 0) {
      int from = leads ? Op.NO_PORT : wiring.parentPort(rank);
      rows(id, from, to, Op.ALL, buffer, config.dim(), scales);
    }
  }

  /** Rows from the leader of this stage to those of its nodes with a share. */
  void broadcast(Ram buffer, int rowBytes, Shards share) {
    int id = next++;
    int to = ports(share);
    if (!leads || to != 0) {
      int from = leads ? Op.NO_PORT : wiring.parentPort(rank);
      rows(id, from, to, Op.ALL, buffer, rowBytes, NONE);
    }
  }

  /** A pass's tokens from the root to all nodes with a vocabulary. */
  void tokens(Ram tokens) {
    int id = next++;
    int to = ports(Shards.VOCABULARY);
    if (rank == 0 ? to != 0 : concerns(Shards.VOCABULARY)) {
      int from = rank == 0 ? Op.NO_PORT : wiring.parentPort(rank);
      rows(id, from, to, Op.ALL, tokens, Integer.BYTES, NONE);
    }
  }

  /** Rows from the leader of the last stage to the root. */
  void broadcastToRoot(Ram buffer, int rowBytes, int which) {
    int id = next++;
    int source = wiring.lastLeader();
    int to = wiring.portsAwayFrom(source, rank, r -> r == 0);
    if (source != 0 && (to != 0 || rank == 0)) {
      int from = rank == source ? Op.NO_PORT : wiring.portTowards(rank, source);
      rows(id, from, to, which, buffer, rowBytes, NONE);
    }
  }

  /** A row from the leader of the last stage to all nodes with a vocabulary. */
  void broadcastToAll(Ram buffer) {
    broadcastToAll(buffer, NONE, Op.LAST);
  }

  /** Rows, and a word of each, from the leader of the last stage to all nodes with a vocabulary. */
  void broadcastToAll(Ram buffer, Ram scales, int which) {
    int id = next++;
    int source = wiring.lastLeader();
    int to = wiring.portsAwayFrom(source, rank, r -> has(r, Shards.VOCABULARY));
    boolean wanted = to != 0 || rank != source && vocabulary.count() > 0;
    if (wanted) {
      int from = rank == source ? Op.NO_PORT : wiring.portTowards(rank, source);
      rows(id, from, to, which, buffer, config.dim(), scales);
    }
  }

  /** All at once; or first what comes in, then to one neighbour after the other. */
  private void rows(int id, int from, int to, int which, Ram buffer, int rowBytes, Ram scales) {
    if (plan.schedule() != Schedule.MESSAGES) {
      rows(broadcast(id, from, to, which), buffer, rowBytes, scales);
      return;
    }
    if (from != Op.NO_PORT) {
      rows(broadcast(id, from, 0, which), buffer, rowBytes, scales);
    }
    for (int rest = to; rest != 0; rest &= rest - 1) {
      rows(broadcast(id, Op.NO_PORT, Integer.lowestOneBit(rest), which), buffer, rowBytes, scales);
    }
  }

  private static void rows(Program.Step broadcast, Ram buffer, int rowBytes, Ram scales) {
    broadcast.with(Op.Broadcast.BUFFER, buffer).with(Op.Broadcast.ROW_BYTES, rowBytes);
    if (scales.bytes() == 0) {
      broadcast.with(Op.Broadcast.SCALES, Op.NO_BUFFER);
    } else {
      broadcast.with(Op.Broadcast.SCALES, scales);
    }
  }

  /**
   * The residual stream from the leader of one stage to the next one's.
   *
   * @param leader of the stage that gets it
   */
  void handOn(Ram residual, int leader) {
    int id = next++;
    int giver = wiring.parent(leader);
    if (rank == giver || rank == leader) {
      int from = rank == leader ? wiring.parentPort(rank) : Op.NO_PORT;
      int to = rank == giver ? 1 << wiring.childPort(rank, leader) : 0;
      broadcast(id, from, to, Op.ALL)
          .with(Op.Broadcast.BUFFER, residual)
          .with(Op.Broadcast.SCALES, Op.NO_BUFFER)
          .with(Op.Broadcast.ROW_BYTES, 4 * config.dim());
    }
  }

  private Program.Step broadcast(int id, int from, int to, int which) {
    return program
        .add(OpFormat.BROADCAST)
        .with(Op.Broadcast.ID, id)
        .with(Op.Broadcast.ROWS, which)
        .with(Op.Broadcast.FROM, from)
        .with(Op.Broadcast.TO, to);
  }

  /**
   * Exact sums to the leader of this stage, in the fewest whole bytes that hold them, or in words.
   *
   * @param within bytes into the buffer
   * @param channels of each row
   */
  void reduce(Ram buffer, int within, int channels, Sum sum, Shards share) {
    int id = next++;
    int from = ports(share);
    int to = leads ? Op.NO_PORT : wiring.parentPort(rank);
    if (plan.schedule() != Schedule.MESSAGES) {
      if (from != 0 || !leads) {
        sums(id, from, to, elementBytes(sum), channels).with(Op.Reduce.BUFFER, buffer, within);
      }
      return;
    }
    for (int rest = from; rest != 0; rest &= rest - 1) {
      sums(id, Integer.lowestOneBit(rest), Op.NO_PORT, Integer.BYTES, channels)
          .with(Op.Reduce.BUFFER, buffer, within);
    }
    if (!leads) {
      sums(id, 0, to, Integer.BYTES, channels).with(Op.Reduce.BUFFER, buffer, within);
    }
  }

  private Program.Step sums(int id, int from, int to, int elementBytes, int channels) {
    return program
        .add(OpFormat.REDUCE)
        .with(Op.Reduce.ID, id)
        .with(Op.Reduce.CHANNELS, channels)
        .with(Op.Reduce.ELEMENT_BYTES, elementBytes)
        .with(Op.Reduce.FROM, from)
        .with(Op.Reduce.TO, to);
  }

  /** Levels of nodes below this one that have a share. */
  int levelsBelow(Shards share) {
    return wiring.levelsBelow(rank, r -> has(r, share));
  }

  /** A sum fits 31 - left bits, and a sign: {@link dunlin.kernels.Requantise}. */
  static int elementBytes(Sum sum) {
    return sum.left() >= 8 ? 3 : 4;
  }

  /** Embedding rows from their owners to the root. */
  void fetch(Ram buffer, int width, Constant weights, Constant multipliers, int layout) {
    int id = next++;
    if (!concerns(Shards.VOCABULARY)) {
      return;
    }
    Program.Step op =
        program
            .add(OpFormat.FETCH)
            .with(Op.Fetch.ID, id)
            .with(Op.Fetch.BUFFER, buffer)
            .with(Op.Fetch.WEIGHTS, Op.NO_BUFFER)
            .with(Op.Fetch.MULTIPLIERS, Op.NO_BUFFER)
            .with(Op.Fetch.WIDTH, width)
            .with(Op.Fetch.LAYOUT, layout)
            .with(Op.Fetch.FIRST, vocabulary.first())
            .with(Op.Fetch.COUNT, vocabulary.count())
            .with(Op.Fetch.FROM, ports(Shards.VOCABULARY))
            .with(Op.Fetch.TO, wiring.parentPort(rank))
            .with(Op.Fetch.ROUTES, routes());
    if (vocabulary.count() > 0) {
      op.with(Op.Fetch.WEIGHTS, weights).with(Op.Fetch.MULTIPLIERS, multipliers);
    }
  }

  /** Every node's logits to the host. */
  void sendLogits(Ram logits, int which) {
    Program.Step op =
        program
            .add(OpFormat.SEND_LOGITS)
            .with(Op.SendLogits.INPUT, Op.NO_BUFFER)
            .with(Op.SendLogits.ROWS, which)
            .with(Op.SendLogits.FIRST, vocabulary.first())
            .with(Op.SendLogits.COUNT, vocabulary.count())
            .with(Op.SendLogits.VOCABULARY, config.vocabulary())
            .with(Op.SendLogits.FROM, ports(Shards.VOCABULARY))
            .with(Op.SendLogits.ROUTES, routes());
    if (vocabulary.count() > 0) {
      op.with(Op.SendLogits.INPUT, logits);
    }
  }

  /** The root's own logits, which are all that there are, to the host; and a draw. */
  void answer(Ram logits, int labels, Ram scratch, Constant logarithms, int which) {
    program
        .add(OpFormat.SEND_LOGITS)
        .with(Op.SendLogits.INPUT, logits)
        .with(Op.SendLogits.ROWS, which)
        .with(Op.SendLogits.FIRST, 0)
        .with(Op.SendLogits.COUNT, labels)
        .with(Op.SendLogits.VOCABULARY, labels)
        .with(Op.SendLogits.FROM, 0)
        .with(Op.SendLogits.ROUTES, Constants.words("routes", new int[0]));
    program
        .add(OpFormat.SELECT)
        .with(Op.Select.LOGITS, logits)
        .with(Op.Select.SCRATCH, scratch)
        .with(Op.Select.LOGARITHMS, logarithms)
        .with(Op.Select.ROWS, which)
        .with(Op.Select.FIRST, 0)
        .with(Op.Select.COUNT, labels);
    draw(scratch, logarithms);
  }

  private void draw(Ram scratch, Constant logarithms) {
    program.add(OpFormat.DRAW).with(Op.Draw.SCRATCH, scratch).with(Op.Draw.LOGARITHMS, logarithms);
  }

  /** The best candidates of each node to the root, and a draw there. */
  void pick(Ram logits, Ram scratch, Constant logarithms, int which) {
    int id = next++;
    Program.Step select =
        program
            .add(OpFormat.SELECT)
            .with(Op.Select.LOGITS, Op.NO_BUFFER)
            .with(Op.Select.SCRATCH, scratch)
            .with(Op.Select.LOGARITHMS, logarithms)
            .with(Op.Select.ROWS, which)
            .with(Op.Select.FIRST, vocabulary.first())
            .with(Op.Select.COUNT, vocabulary.count());
    if (vocabulary.count() > 0) {
      select.with(Op.Select.LOGITS, logits);
    }
    int from = ports(Shards.VOCABULARY);
    if (rank != 0 || from != 0) {
      program
          .add(OpFormat.MERGE)
          .with(Op.Merge.ID, id)
          .with(Op.Merge.SCRATCH, scratch)
          .with(Op.Merge.FROM, from)
          .with(Op.Merge.TO, wiring.parentPort(rank));
    }
    if (rank == 0) {
      draw(scratch, logarithms);
    }
  }

  private boolean has(int r, Shards share) {
    Shard shard = plan.members().get(r).shard();
    return share.in(shard)
        && (share == Shards.VOCABULARY || wiring.leader(r) == wiring.leader(rank));
  }

  private int ports(Shards share) {
    return wiring.ports(rank, r -> has(r, share));
  }

  /** For each port, the first token below it and the one after the last. */
  private Constant routes() {
    int[] routes = new int[2 * wiring.endPort(rank)];
    for (int child : wiring.children(rank)) {
      int port = wiring.childPort(rank, child);
      Slice first = plan.members().get(child).shard().vocabulary();
      Slice last = plan.members().get(wiring.end(child) - 1).shard().vocabulary();
      routes[2 * port] = first.first();
      routes[2 * port + 1] = last.end();
    }
    return Constants.words("routes", routes);
  }
}

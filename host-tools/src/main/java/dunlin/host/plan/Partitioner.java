package dunlin.host.plan;

import dunlin.boards.Refusal;
import dunlin.host.model.LlamaConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides a model among nodes in whole units: KV groups, feed-forward columns, vocabulary rows. As
 * many nodes hold attention as there are KV groups, at most; feed-forward columns, and then
 * vocabulary rows, make up for what a node is short of its share of the weights.
 */
public final class Partitioner {
  private final LlamaConfig config;
  private final double[] targets;
  private final double[] held;

  private Partitioner(LlamaConfig config, double[] shares) {
    this.config = config;
    double all = Arrays.stream(shares).sum();
    double bytes = totalBytes(config);
    targets = Arrays.stream(shares).map(share -> bytes * share / all).toArray();
    held = new double[shares.length];
  }

  /**
   * The shard of each node, in order of rank.
   *
   * @param shares what each node should hold, in proportion; all positive
   */
  public static List<Shard> partition(LlamaConfig config, double[] shares) {
    if (shares.length > config.hidden()) {
      throw new Refusal(
          shares.length + " nodes share " + config.hidden() + " feed-forward columns",
          "choose at most " + config.hidden() + " nodes");
    }
    return new Partitioner(config, shares).partition();
  }

  private List<Shard> partition() {
    List<Slice> kvGroups = divide(config.kvHeads(), groupBytes(config), 0);
    List<Slice> hidden = divide(config.hidden(), columnBytes(config), 1);
    List<Slice> vocabulary = divide(config.vocabulary(), config.dim(), 0);
    List<Shard> shards = new ArrayList<>();
    for (int rank = 0; rank < targets.length; rank++) {
      shards.add(new Shard(kvGroups.get(rank), hidden.get(rank), vocabulary.get(rank)));
    }
    return shards;
  }

  /**
   * Gives units to the nodes one after the other, each to the node that lacks most of its target in
   * proportion; ties go to the lower rank.
   *
   * @param least units that every node gets
   */
  private List<Slice> divide(int units, double unitBytes, int least) {
    int[] counts = new int[targets.length];
    for (int rank = 0; rank < counts.length; rank++) {
      give(counts, rank, least, unitBytes);
    }
    for (int left = units - least * counts.length; left > 0; left--) {
      give(counts, neediest(), 1, unitBytes);
    }
    List<Slice> slices = new ArrayList<>();
    int first = 0;
    for (int count : counts) {
      slices.add(new Slice(first, count));
      first += count;
    }
    return slices;
  }

  private void give(int[] counts, int rank, int units, double unitBytes) {
    counts[rank] += units;
    held[rank] += units * unitBytes;
  }

  private int neediest() {
    return IntStream.range(0, targets.length)
        .boxed()
        .min((a, b) -> Double.compare(held[a] / targets[a], held[b] / targets[b]))
        .orElseThrow();
  }

  /** Weights of a KV group in all blocks: its query heads, key, value, rows of the output. */
  private static double groupBytes(LlamaConfig config) {
    double heads = (double) config.heads() / config.kvHeads();
    return config.layers() * (2 * heads + 2) * config.headSize() * config.dim();
  }

  /** Weights of a feed-forward column in all blocks: gate, up, down. */
  private static double columnBytes(LlamaConfig config) {
    return 3.0 * config.layers() * config.dim();
  }

  private static double totalBytes(LlamaConfig config) {
    return config.kvHeads() * groupBytes(config)
        + config.hidden() * columnBytes(config)
        + (double) config.vocabulary() * config.dim();
  }
}

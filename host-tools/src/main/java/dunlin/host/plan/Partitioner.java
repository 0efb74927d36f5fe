package dunlin.host.plan;

import dunlin.boards.Misuse;
import dunlin.host.model.TransformerShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides a model among nodes in whole units: blocks among the pipeline stages, KV groups and
 * feed-forward columns of a stage's blocks among its nodes, vocabulary rows among all. In a stage
 * as many nodes hold attention as there are KV groups, at most; feed-forward columns, and then
 * vocabulary rows, make up for what a node is short of its share of the weights.
 */
public final class Partitioner {
  private final TransformerShape config;
  private final double[] shares;
  private final List<Slice> stages;
  private final double[] targets;
  private final double[] held;

  private Partitioner(TransformerShape config, double[] shares, int stageCount) {
    this.config = config;
    this.shares = shares;
    stages = equal(shares.length, stageCount);
    double all = Arrays.stream(shares).sum();
    double bytes = totalBytes(config);
    targets = Arrays.stream(shares).map(share -> bytes * share / all).toArray();
    held = new double[shares.length];
  }

  /**
   * The shard of each node, in order of rank.
   *
   * @param shares what each node should hold, in proportion; all positive
   * @param stages pipeline stages: runs of ranks, as equal as can be
   */
  public static List<Shard> partition(TransformerShape config, double[] shares, int stages) {
    if (stages < 1 || stages > Math.min(shares.length, config.layers())) {
      throw new Misuse(
          stages + " stages of " + shares.length + " nodes and " + config.layers() + " blocks",
          "choose at most " + Math.min(shares.length, config.layers()));
    }
    int largest = equal(shares.length, stages).get(0).count();
    if (largest > config.hidden()) {
      throw new Misuse(
          largest + " nodes share " + config.hidden() + " feed-forward columns",
          "choose at most " + (long) config.hidden() * stages + " nodes");
    }
    return new Partitioner(config, shares, stages).partition();
  }

  private List<Shard> partition() {
    List<Slice> layers = layers();
    List<Slice> kvGroups = new ArrayList<>();
    List<Slice> hidden = new ArrayList<>();
    for (int stage = 0; stage < stages.size(); stage++) {
      double blocks = layers.get(stage).count();
      Slice ranks = stages.get(stage);
      kvGroups.addAll(divide(ranks, config.kvHeads(), blocks * config.groupWeights(), 0));
      hidden.addAll(divide(ranks, config.hidden(), blocks * config.columnWeights(), 1));
    }
    Slice all = new Slice(0, shares.length);
    List<Slice> vocabulary = divide(all, config.vocabulary(), config.rowWeights(), 0);
    List<Shard> shards = new ArrayList<>();
    for (int stage = 0; stage < stages.size(); stage++) {
      for (int rank = stages.get(stage).first(); rank < stages.get(stage).end(); rank++) {
        shards.add(
            new Shard(
                layers.get(stage), kvGroups.get(rank), hidden.get(rank), vocabulary.get(rank)));
      }
    }
    return shards;
  }

  /** The blocks of each stage, in proportion to the shares of its nodes, at least one. */
  private List<Slice> layers() {
    double[] weights =
        stages.stream()
            .mapToDouble(ranks -> Arrays.stream(shares, ranks.first(), ranks.end()).sum())
            .toArray();
    return divide(config.layers(), 1, 1, weights, new double[weights.length]);
  }

  /** Divides units of so many bytes among a run of ranks. */
  private List<Slice> divide(Slice ranks, int units, double unitBytes, int least) {
    double[] wanted = Arrays.copyOfRange(targets, ranks.first(), ranks.end());
    double[] has = Arrays.copyOfRange(held, ranks.first(), ranks.end());
    List<Slice> slices = divide(units, unitBytes, least, wanted, has);
    System.arraycopy(has, 0, held, ranks.first(), has.length);
    return slices;
  }

  /**
   * Gives units one after the other to who lacks most of its target in proportion; ties go to the
   * first.
   *
   * @param least units that everyone gets
   * @param has what each has, brought up to date
   */
  private static List<Slice> divide(
      int units, double unitBytes, int least, double[] wanted, double[] has) {
    int[] counts = new int[wanted.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = least;
      has[i] += least * unitBytes;
    }
    for (int left = units - least * counts.length; left > 0; left--) {
      int next = neediest(wanted, has);
      counts[next]++;
      has[next] += unitBytes;
    }
    return inOrder(counts);
  }

  private static int neediest(double[] wanted, double[] has) {
    return IntStream.range(0, wanted.length)
        .boxed()
        .min((a, b) -> Double.compare(has[a] / wanted[a], has[b] / wanted[b]))
        .orElseThrow();
  }

  /** Runs of {@code units} as equal as can be, the longer ones first. */
  private static List<Slice> equal(int units, int parts) {
    return inOrder(
        IntStream.range(0, parts)
            .map(part -> units / parts + (part < units % parts ? 1 : 0))
            .toArray());
  }

  private static List<Slice> inOrder(int[] counts) {
    List<Slice> slices = new ArrayList<>();
    int first = 0;
    for (int count : counts) {
      slices.add(new Slice(first, count));
      first += count;
    }
    return slices;
  }

  private static double totalBytes(TransformerShape config) {
    return config.layers()
            * (config.kvHeads() * config.groupWeights() + config.hidden() * config.columnWeights())
        + config.vocabulary() * config.rowWeights();
  }
}

package dunlin.host.reproduce;

/**
 * What a figure is of; null where it does not matter.
 *
 * @param network as it comes with Dunlin; {@link #ALL} for a mean or the best of them
 * @param weights of queries and keys: {@code separate} or {@code fused}, or {@code chosen}: what
 *     each network is quantised with
 * @param board whose core counted, or the paper's chip
 * @param heads whose keys and values are in memory at a time
 * @param queryRows rows of queries, their scores and their context, at a time
 * @param hiddenRows rows of the feed-forward's hidden activations at a time
 */
public record TinySetting(
    String network,
    String weights,
    String board,
    Integer heads,
    Integer queryRows,
    Integer hiddenRows) {
  static final String ALL = "all four";

  /** A network, however it is computed. */
  static TinySetting of(String network) {
    return new TinySetting(network, null, null, null, null, null);
  }

  TinySetting fused(boolean fused) {
    String kind = fused ? "fused" : "separate";
    return new TinySetting(network, kind, board, heads, queryRows, hiddenRows);
  }

  TinySetting chosen() {
    return new TinySetting(network, "chosen", board, heads, queryRows, hiddenRows);
  }

  TinySetting on(String name) {
    return new TinySetting(network, weights, name, heads, queryRows, hiddenRows);
  }

  TinySetting tiled(int together, int queries) {
    return new TinySetting(network, weights, board, together, queries, null);
  }

  TinySetting tiled(int together, int queries, int hidden) {
    return new TinySetting(network, weights, board, together, queries, hidden);
  }
}

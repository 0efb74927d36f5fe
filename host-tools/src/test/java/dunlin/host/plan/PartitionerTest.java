package dunlin.host.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.model.LlamaConfig;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PartitionerTest {
  private static final LlamaConfig STORIES_260K =
      new LlamaConfig(64, 172, 5, 8, 4, 8, 512, 512, 1e-5, 10_000);

  @Provide
  Arbitrary<LlamaConfig> configs() {
    return SmallModels.configs();
  }

  @Provide
  Arbitrary<List<Double>> shares() {
    return Arbitraries.doubles().between(0.01, 10).list().ofMinSize(1).ofMaxSize(20);
  }

  @Property
  void shouldGiveEachUnitToOneNode(
      @ForAll("configs") LlamaConfig config, @ForAll("shares") List<Double> shares) {
    Assume.that(shares.size() <= config.hidden());
    for (int stages = 1; stages <= Math.min(config.layers(), shares.size()); stages++) {
      List<Shard> shards = partition(config, shares, stages);
      assertEquals(shares.size(), shards.size());
      expectWhole(config.vocabulary(), shards, Shard::vocabulary);
      assertTrue(shards.stream().allMatch(shard -> shard.hidden().count() > 0));
      List<Slice> layers = shards.stream().map(Shard::layers).distinct().toList();
      assertEquals(stages, layers.size());
      int next = 0;
      for (Slice stage : layers) {
        assertEquals(next, stage.first());
        assertTrue(stage.count() > 0);
        next = stage.end();
        List<Shard> within = shards.stream().filter(s -> s.layers().equals(stage)).toList();
        expectWhole(config.kvHeads(), within, Shard::kvGroups);
        expectWhole(config.hidden(), within, Shard::hidden);
      }
      assertEquals(config.layers(), next);
    }
  }

  private static void expectWhole(int units, List<Shard> shards, Function<Shard, Slice> kind) {
    int next = 0;
    for (Shard shard : shards) {
      Slice slice = kind.apply(shard);
      assertEquals(next, slice.first());
      assertTrue(slice.count() >= 0);
      next = slice.end();
    }
    assertEquals(units, next);
  }

  @Example
  void shouldGiveEqualNodesEqualShares() {
    for (Shard shard : partition(STORIES_260K, List.of(1.0, 1.0, 1.0, 1.0), 1)) {
      assertEquals(1, shard.kvGroups().count());
      assertEquals(43, shard.hidden().count());
      assertEquals(128, shard.vocabulary().count());
    }
  }

  @Example
  void shouldMakeUpForMissingAttentionWithFeedForward() {
    List<Shard> shards = partition(STORIES_260K, List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0), 1);
    assertEquals(4, shards.stream().filter(s -> s.kvGroups().count() > 0).count());
    assertTrue(shards.get(5).hidden().count() > shards.get(0).hidden().count());
  }

  @Example
  void shouldRefuseMoreNodesThanColumns() {
    List<Double> shares = java.util.Collections.nCopies(173, 1.0);
    Refusal refusal = assertThrows(Refusal.class, () -> partition(STORIES_260K, shares, 1));
    assertEquals(
        "173 nodes share 172 feed-forward columns: choose at most 172 nodes", refusal.getMessage());
  }

  @Example
  void shouldGiveAStageBlocksByItsShare() {
    List<Shard> shards = partition(STORIES_260K, List.of(2.0, 2.0, 1.0), 2);
    assertEquals(new Slice(0, 4), shards.get(1).layers());
    assertEquals(new Slice(4, 1), shards.get(2).layers());
  }

  @Example
  void shouldRefuseMoreStagesThanNodesOrBlocks() {
    List<Double> two = List.of(1.0, 1.0);
    Refusal refusal = assertThrows(Refusal.class, () -> partition(STORIES_260K, two, 3));
    assertEquals("3 stages of 2 nodes and 5 blocks: choose at most 2", refusal.getMessage());
  }

  private static List<Shard> partition(LlamaConfig config, List<Double> shares, int stages) {
    return Partitioner.partition(
        config, shares.stream().mapToDouble(Double::doubleValue).toArray(), stages);
  }
}

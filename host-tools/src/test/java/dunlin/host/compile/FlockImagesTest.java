package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.host.SmallModels;
import dunlin.host.model.FloatModel;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What the images of a flock hold between them. */
class FlockImagesTest {
  @Provide
  Arbitrary<FloatModel> models() {
    return SmallModels.models();
  }

  @Property(tries = 200)
  void shouldHoldEachWeightOnce(
      @ForAll("models") FloatModel model,
      @ForAll @IntRange(min = 1, max = 20) int nodes,
      @ForAll Topology topology) {
    QuantisedModel quantised = SmallModels.quantise(model);
    long bytes =
        listings(quantised, nodes, topology).stream()
            .mapToLong(listing -> listing.constants().getOrDefault("weights", 0))
            .sum();
    long padding = 3L * (4L * model.config().layers() + 2) * nodes; // each matrix ends on a word
    assertTrue(bytes >= quantised.weightBytes(), () -> bytes + " of " + quantised.weightBytes());
    assertTrue(bytes <= quantised.weightBytes() + padding, () -> bytes + " bytes");
  }

  @Property(tries = 100)
  void shouldSynchroniseTwiceABlock(
      @ForAll("models") FloatModel model,
      @ForAll @IntRange(min = 2, max = 20) int nodes,
      @ForAll Topology topology) {
    int some = Math.min(nodes, model.config().hidden());
    int layers = model.config().layers();
    QuantisedModel quantised = SmallModels.quantise(model);
    for (Listing node : listings(quantised, some, topology)) {
      long broadcasts = count(node, "broadcast");
      long reductions = count(node, "reduce");
      assertTrue(broadcasts <= 2L * layers + 1, () -> broadcasts + " broadcasts");
      assertTrue(reductions <= 2L * layers, () -> reductions + " reductions");
      if (some > 1) {
        assertTrue(broadcasts >= layers, "each block has a feed-forward on every node");
        assertTrue(reductions >= layers, "each block has a feed-forward on every node");
      }
    }
    if (some > 1
        && plan(quantised, some, topology).members().stream()
            .allMatch(FlockImagesTest::sharesAll)) {
      Listing root = listings(quantised, some, topology).get(0);
      assertEquals(2L * layers + 1, count(root, "broadcast"));
      assertEquals(2L * layers, count(root, "reduce"));
    }
  }

  /** Who has more heads than others may have no token. */
  private static boolean sharesAll(Member member) {
    return member.shard().kvGroups().count() > 0 && member.shard().vocabulary().count() > 0;
  }

  private static Plan plan(QuantisedModel model, int nodes, Topology topology) {
    int some = Math.min(nodes, model.config().hidden());
    PlanOptions options =
        new PlanOptions(0, 0, Weights.PLAIN, Inspection.NONE).nodes(some, topology);
    return Planner.plan(model, BoardTypes.named("emulated"), options);
  }

  private static List<Listing> listings(QuantisedModel model, int nodes, Topology topology) {
    return Compiler.compile(plan(model, nodes, topology)).stream()
        .map(image -> Listing.of("it", image.bytes()))
        .toList();
  }

  private static long count(Listing listing, String op) {
    return listing.ops().stream().filter(line -> line.op().equals(op)).count();
  }
}

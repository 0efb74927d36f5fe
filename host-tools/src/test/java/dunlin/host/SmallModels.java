package dunlin.host;

import dunlin.boards.BoardTypes;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.Calibration;
import dunlin.host.quantise.Equalisation;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.Quantiser;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random models of shapes that divide by nothing, and what makes integers of them. */
public final class SmallModels {
  private SmallModels() {}

  /** Heads and their sizes, whatever the width of the residual stream. */
  private record Heads(int heads, int kvHeads, int size) {}

  /** Shapes; contexts of 1 to 40 positions. */
  public static Arbitrary<LlamaConfig> configs() {
    Arbitrary<Heads> heads =
        Combinators.combine(
                Arbitraries.of(1, 2, 3), Arbitraries.of(1, 2, 3), Arbitraries.of(2, 6, 8))
            .as((groups, share, size) -> new Heads(groups * share, groups, size));
    return Combinators.combine(
            Arbitraries.of(1, 2, 3, 7, 10, 16, 18, 33),
            Arbitraries.of(1, 3, 5, 16, 43, 172),
            Arbitraries.integers().between(1, 3),
            heads,
            Arbitraries.of(1, 2, 5, 13, 64, 131),
            Arbitraries.integers().between(1, 40),
            Arbitraries.of(1e-5, 1e-6, 0.1),
            Arbitraries.of(10_000.0, 500.0))
        .as(
            (dim, hidden, layers, h, vocabulary, context, epsilon, theta) ->
                new LlamaConfig(
                    dim,
                    hidden,
                    layers,
                    h.heads(),
                    h.kvHeads(),
                    h.size(),
                    vocabulary,
                    context,
                    epsilon,
                    theta));
  }

  /** Random models, tied and untied. */
  public static Arbitrary<FloatModel> models() {
    return Combinators.combine(configs(), Arbitraries.of(true, false), Arbitraries.longs())
        .as(RandomModel::of);
  }

  /** Calibrated on two random texts of the whole context. */
  public static QuantisedModel quantise(FloatModel model) {
    List<int[]> texts = List.of(text(model.config(), 1), text(model.config(), 2));
    return quantise(model, texts);
  }

  /** Calibrated on {@code texts}. */
  public static QuantisedModel quantise(FloatModel model, List<int[]> texts) {
    Calibration calibration = Calibration.measure(model, texts, tokens -> {});
    return Quantiser.quantise(Equalisation.apply(model, calibration));
  }

  /** A tiny model on one emulated board. */
  public static Plan plan() {
    LlamaConfig config = new LlamaConfig(6, 5, 1, 2, 1, 2, 7, 6, 1e-5, 10_000);
    return Planner.plan(
        quantise(RandomModel.of(config, true, 1)),
        BoardTypes.named("emulated"),
        PlanOptions.DEFAULT);
  }

  /** A random token for every position of the context. */
  public static int[] text(LlamaConfig config, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, config.context())
        .map(i -> random.nextInt(config.vocabulary()))
        .toArray();
  }
}

package dunlin.host.run;

import dunlin.host.SmallModels;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.quantise.QuantisedModel;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A random model, flocks that could run it, and how tokens are drawn. */
record FlockCase(FloatModel model, List<SmallFlock> flocks, Sampling wanted) {
  static Arbitrary<FlockCase> cases() {
    Arbitrary<Sampling> samplings =
        Arbitraries.of(
            Sampling.GREEDY,
            Sampling.of(1, 0, 5),
            Sampling.of(0.7, 1, -1),
            Sampling.of(3, 50, 9),
            Sampling.of(3, 128, 9));
    return Combinators.combine(SmallModels.models(), SmallFlock.lists(), samplings)
        .as(FlockCase::new);
  }

  LlamaConfig config() {
    return model.config();
  }

  QuantisedModel quantised() {
    return SmallModels.quantise(model);
  }

  /** A model has no more candidates than tokens. */
  Sampling sampling() {
    int topK = Math.min(wanted.topK(), config().vocabulary());
    return new Sampling(wanted.temperature(), topK, wanted.seed());
  }

  /** Half the context. */
  int[] prompt() {
    return Arrays.copyOf(SmallModels.text(config(), 3), (config().context() + 1) / 2);
  }
}

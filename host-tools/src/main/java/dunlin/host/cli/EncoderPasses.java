package dunlin.host.cli;

import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a plan says of an encoder beside its weights.
 *
 * @param tokens of a sequence, all of which a pass sees; of a text, the most
 * @param inputBytes of an input, as the root takes it
 * @param layers blocks
 * @param fusedLayers those whose query and key weights are fused
 */
record EncoderPasses(int tokens, int inputBytes, int layers, List<Integer> fusedLayers) {
  /** Null for a decoder. */
  static EncoderPasses of(Plan plan) {
    return plan.model() instanceof QuantisedEncoder encoder ? of(encoder, plan.context()) : null;
  }

  private static EncoderPasses of(QuantisedEncoder model, int tokens) {
    return new EncoderPasses(
        tokens,
        model.inputBytes(tokens),
        model.blocks().size(),
        IntStream.range(0, model.blocks().size())
            .filter(layer -> model.blocks().get(layer).attention().fused())
            .boxed()
            .toList());
  }

  /** For people. */
  String fused() {
    if (fusedLayers.isEmpty()) {
      return "query and key weights apart";
    }
    return fusedLayers.size() == layers
        ? "query and key weights fused"
        : "query and key weights fused in %d of %d layers".formatted(fusedLayers.size(), layers);
  }
}

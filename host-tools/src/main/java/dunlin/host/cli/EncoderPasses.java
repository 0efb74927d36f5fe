package dunlin.host.cli;

import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedModel;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a plan says of an encoder beside its weights.
 *
 * @param tokens of a sequence, all of which a pass sees
 * @param inputBytes of an input, as the root takes it
 * @param layers blocks
 * @param fusedLayers those whose query and key weights are fused
 */
record EncoderPasses(int tokens, int inputBytes, int layers, List<Integer> fusedLayers) {
  /** Null for a decoder. */
  static EncoderPasses of(QuantisedModel model) {
    return model instanceof QuantisedEncoder encoder ? of(encoder) : null;
  }

  private static EncoderPasses of(QuantisedEncoder model) {
    return new EncoderPasses(
        model.config().context(),
        model.inputBytes(model.config().context()),
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

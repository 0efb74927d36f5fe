package dunlin.host.compile;

import dunlin.host.compile.Operand.Ram;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedDecoder;
import dunlin.host.quantise.QuantisedEncoder;
import java.util.List;
import java.util.Optional;

/** What is emitted for one node, whatever the architecture of the model. */
interface NodeProgram {
  /** The program of a node. */
  static NodeProgram of(Plan plan, int rank) {
    if (plan.model() instanceof QuantisedDecoder decoder) {
      return new LlamaProgram(plan, decoder, rank);
    }
    return EncoderProgram.fitting(plan, (QuantisedEncoder) plan.model(), rank);
  }

  /** Its ops. */
  Program program();

  /** Where what lives between passes lies. */
  NodeBuffers buffers();

  /** KV caches: they live between passes too. */
  List<Ram> caches();

  /** What the program shows of itself, by number. */
  List<TapPoint> taps();

  /** How an encoder's is tiled. */
  default Optional<Tiling> tiled() {
    return Optional.empty();
  }

  /** The largest top-k for which there is scratch. */
  int largestTopK();
}

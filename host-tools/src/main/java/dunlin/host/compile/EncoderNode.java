package dunlin.host.compile;

import dunlin.host.model.EncoderConfig;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder;

/**
 * A node of an encoder's plan, and what emits the ops of its program.
 *
 * @param plan of all nodes
 * @param model what the plan lays out
 * @param rank the node's
 * @param sliced what of the model is the node's
 * @param tiling of its buffers
 * @param program where ops go
 */
record EncoderNode(
    Plan plan,
    QuantisedEncoder model,
    int rank,
    Sliced sliced,
    Tiling tiling,
    Program program,
    LinearOps linears,
    Collectives collectives,
    EncoderBuffers buffers,
    EncoderStream stream) {

  /** A node without any op yet. */
  static EncoderNode of(Plan plan, QuantisedEncoder model, int rank, Tiling tiling) {
    Sliced sliced = new Sliced(model.config(), plan.members().get(rank).shard());
    Program program = new Program();
    LinearOps linears = new LinearOps(program, plan.members().get(rank).weights().layout());
    EncoderBuffers buffers = new EncoderBuffers(plan, model, rank, sliced, tiling);
    return new EncoderNode(
        plan,
        model,
        rank,
        sliced,
        tiling,
        program,
        linears,
        new Collectives(plan, rank, program),
        buffers,
        new EncoderStream(model, program, linears, buffers));
  }

  EncoderConfig config() {
    return model.config();
  }

  /** Of its weights. */
  int layout() {
    return plan.members().get(rank).weights().layout();
  }

  /** Whether it holds the residual stream of its stage. */
  boolean leads() {
    return plan.wiring().leader(rank) == rank;
  }
}

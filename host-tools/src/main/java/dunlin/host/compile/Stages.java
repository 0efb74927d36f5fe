package dunlin.host.compile;

import dunlin.host.compile.Operand.Ram;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Slice;
import dunlin.host.plan.Wiring;
import java.util.function.IntConsumer;

/**
 * Emits a model's blocks, stage by stage: those of a node's own stage, and the residual stream's
 * way from one stage to the next.
 */
final class Stages {
  private final Plan plan;
  private final int rank;
  private final Program program;
  private final Collectives collectives;

  Stages(Plan plan, int rank, Program program, Collectives collectives) {
    this.plan = plan;
    this.rank = rank;
    this.program = program;
    this.collectives = collectives;
  }

  /**
   * Emits all.
   *
   * @param ofBlock collectives of a block, which a node of another stage leaves out
   * @param block emits one, given its number
   */
  void emit(Ram residual, int ofBlock, IntConsumer block) {
    Wiring wiring = plan.wiring();
    int leader = 0;
    while (leader < plan.members().size()) {
      if (leader > 0) {
        collectives.handOn(residual, leader);
      }
      Slice layers = plan.members().get(leader).shard().layers();
      for (int layer = layers.first(); layer < layers.end(); layer++) {
        program.begin(layer);
        if (wiring.leader(rank) == leader) {
          block.accept(layer);
        } else {
          collectives.skip(ofBlock);
        }
      }
      program.begin(Program.NO_LAYER);
      leader = wiring.stageEnd(leader);
    }
  }
}

package dunlin.host.compile;

import dunlin.host.compile.Operand.Ram;
import dunlin.host.compile.TapPoint.Form;
import dunlin.host.model.Activation;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedDecoder;
import dunlin.host.quantise.QuantisedDecoder.Block;
import dunlin.host.quantise.QuantisedModel;
import dunlin.kernels.Attention;
import java.util.List;

/** Emits a decoder's taps behind the ops that make an intermediate. */
final class LlamaTaps {
  private final Taps taps;
  private final QuantisedDecoder model;
  private final LlamaConfig config;
  private final LlamaBuffers buffers;
  private final Sliced sliced;

  LlamaTaps(
      Plan plan, QuantisedDecoder model, Program program, LlamaBuffers buffers, Sliced sliced) {
    this.model = model;
    config = model.config();
    taps = new Taps(plan, program);
    this.buffers = buffers;
    this.sliced = sliced;
  }

  /** What the taps so far show, by number. */
  List<TapPoint> points() {
    return taps.points();
  }

  void residual(int layer, Activation what) {
    taps.tap(
        layer,
        what,
        Form.INT32,
        buffers.residual,
        config.dim(),
        Taps.step(model.residualFraction()));
  }

  void norm(BlockBuffers local, int layer, Activation what) {
    taps.tap(layer, what, Form.INT8_SCALED, local.normed, config.dim(), 1);
    taps.tap(layer, what, Form.SCALES, local.scales, 1, 1);
  }

  /** Turning halves: a step of what is turned is worth two. */
  void projected(BlockBuffers local, int layer, Block block) {
    int heads = config.heads() * config.headSize();
    int kvHeads = config.kvHeads() * config.headSize();
    int rowBytes = sliced.projectedBytes();
    int[] fractions = block.queryKeyValue().fractions();
    double query = 2 * Taps.step(fractions[0]);
    double key = 2 * Taps.step(fractions[1]);
    double value = Taps.step(fractions[2]);
    int queryBytes = Attention.queryBytes(config.heads(), config.headSize(), 1);
    taps.part(layer, Activation.QUERY, Form.HEADS, local.queries, queryBytes, 0, heads, query);
    Ram all = local.projected;
    taps.part(layer, Activation.KEY, Form.INT32, all, rowBytes, heads, kvHeads, key);
    taps.part(layer, Activation.VALUE, Form.INT32, all, rowBytes, heads + kvHeads, kvHeads, value);
  }

  void context(BlockBuffers local, int layer, Block block) {
    Form form = block.attention().contextBits() > 8 ? Form.INT16 : Form.INT8;
    int count = config.heads() * config.headSize();
    double step = Scales.value(block.attention().contextStep());
    taps.tap(layer, Activation.CONTEXT, form, local.context, count, step);
  }

  void gateUp(BlockBuffers local, int layer, Block block) {
    int width = config.hidden();
    double gate = Taps.step(block.gateUp().fractions()[0]);
    double up = Taps.step(block.gateUp().fractions()[1]);
    taps.part(layer, Activation.GATE, Form.INT32, local.gateUp, 8 * width, 0, width, gate);
    taps.part(layer, Activation.UP, Form.INT32, local.gateUp, 8 * width, width, width, up);
  }

  void hidden(BlockBuffers local, int layer, Block block) {
    double step = Scales.value(block.gate().hiddenStep());
    taps.tap(layer, Activation.HIDDEN, Form.INT16, local.hidden, config.hidden(), step);
  }

  void logits() {
    double step = Taps.step(QuantisedModel.LOGIT_FRACTION);
    taps.tap(-1, Activation.LOGITS, Form.INT32, buffers.logits, config.vocabulary(), step);
  }
}

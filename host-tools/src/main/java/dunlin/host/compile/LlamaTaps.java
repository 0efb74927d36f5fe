package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.compile.TapPoint.Form;
import dunlin.host.model.Activation;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.quantise.QuantisedDecoder;
import dunlin.host.quantise.QuantisedDecoder.Block;
import dunlin.host.quantise.QuantisedModel;
import dunlin.kernels.Attention;
import java.util.ArrayList;
import java.util.List;

/** Emits taps behind the ops that make an intermediate; none unless the plan asks for them. */
final class LlamaTaps {
  private final boolean wanted;
  private final QuantisedDecoder model;
  private final LlamaConfig config;
  private final Program program;
  private final LlamaBuffers buffers;
  private final Sliced sliced;
  private final List<TapPoint> points = new ArrayList<>();

  LlamaTaps(
      Plan plan, QuantisedDecoder model, Program program, LlamaBuffers buffers, Sliced sliced) {
    wanted = plan.inspection() == Inspection.TAPS;
    this.model = model;
    config = model.config();
    this.program = program;
    this.buffers = buffers;
    this.sliced = sliced;
  }

  /** What the taps so far show, by number. */
  List<TapPoint> points() {
    return points;
  }

  void residual(int layer, Activation what) {
    tap(layer, what, Form.INT32, buffers.residual, config.dim(), step(model.residualFraction()));
  }

  void norm(BlockBuffers local, int layer, Activation what) {
    tap(layer, what, Form.INT8_SCALED, local.normed, config.dim(), 1);
    tap(layer, what, Form.SCALES, local.scales, 1, 1);
  }

  /** Turning halves: a step of what is turned is worth two. */
  void projected(BlockBuffers local, int layer, Block block) {
    int heads = config.heads() * config.headSize();
    int kvHeads = config.kvHeads() * config.headSize();
    int rowBytes = sliced.projectedBytes();
    int[] fractions = block.queryKeyValue().fractions();
    double query = 2 * step(fractions[0]);
    double key = 2 * step(fractions[1]);
    double value = step(fractions[2]);
    int queryBytes = Attention.queryBytes(config.heads(), config.headSize(), 1);
    part(layer, Activation.QUERY, Form.HEADS, local.queries, queryBytes, 0, heads, query);
    Ram all = local.projected;
    part(layer, Activation.KEY, Form.INT32, all, rowBytes, heads, kvHeads, key);
    part(layer, Activation.VALUE, Form.INT32, all, rowBytes, heads + kvHeads, kvHeads, value);
  }

  void context(BlockBuffers local, int layer, Block block) {
    Form form = block.attention().contextBits() > 8 ? Form.INT16 : Form.INT8;
    int count = config.heads() * config.headSize();
    double step = Scales.value(block.attention().contextStep());
    tap(layer, Activation.CONTEXT, form, local.context, count, step);
  }

  void gateUp(BlockBuffers local, int layer, Block block) {
    int width = config.hidden();
    double gate = step(block.gateUp().fractions()[0]);
    double up = step(block.gateUp().fractions()[1]);
    part(layer, Activation.GATE, Form.INT32, local.gateUp, 8 * width, 0, width, gate);
    part(layer, Activation.UP, Form.INT32, local.gateUp, 8 * width, width, width, up);
  }

  void hidden(BlockBuffers local, int layer, Block block) {
    double step = Scales.value(block.gate().hiddenStep());
    tap(layer, Activation.HIDDEN, Form.INT16, local.hidden, config.hidden(), step);
  }

  void logits() {
    double step = step(QuantisedModel.LOGIT_FRACTION);
    tap(-1, Activation.LOGITS, Form.INT32, buffers.logits, config.vocabulary(), step);
  }

  private static double step(int fraction) {
    return Math.scalb(1.0, -fraction);
  }

  /** A buffer whose rows are one intermediate. */
  private void tap(int layer, Activation what, Form form, Ram buffer, int count, double step) {
    part(layer, what, form, buffer, count * form.bytes(), 0, count, step);
  }

  /** {@code count} elements from {@code first} on, of rows of {@code rowBytes}. */
  private void part(
      int layer,
      Activation what,
      Form form,
      Ram buffer,
      int rowBytes,
      int first,
      int count,
      double step) {
    if (!wanted) {
      return;
    }
    int number = points.size();
    points.add(
        new TapPoint(number, layer, what, form, rowBytes, first, count, config.headSize(), step));
    program
        .add(OpFormat.TAP)
        .with(Op.Tap.INPUT, buffer)
        .with(Op.Tap.ROWS, Op.ALL)
        .with(Op.Tap.ROW_BYTES, rowBytes)
        .with(Op.Tap.NUMBER, number);
  }
}

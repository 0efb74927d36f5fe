package dunlin.host.compile;

import dunlin.boards.BoardType.Weights;
import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.Activation;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.quantise.QuantisedModel;
import dunlin.host.quantise.QuantisedModel.Block;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.host.quantise.QuantisedModel.Norm;
import dunlin.host.quantise.QuantisedModel.Projection;
import dunlin.host.quantise.QuantisedModel.Sum;
import dunlin.host.quantise.Tables;
import dunlin.kernels.Attention;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.RmsNorm;
import java.util.List;

/**
 * Emits the program of a Llama decoder. Shapes: R rows of a pass, E dim, F hidden, H heads, KV
 * groups, P head size, V vocabulary.
 */
final class LlamaProgram {
  private final Plan plan;
  private final QuantisedModel model;
  private final LlamaConfig config;
  private final Program program = new Program();

  private final LlamaBuffers buffers;
  private final LlamaTaps taps;
  private final Constant sine;
  private final Constant frequencies;
  private final Constant exponents;
  private final Constant differences;
  private final Constant logarithms;
  private final Constant headWeights;
  private final Constant headMultipliers;

  LlamaProgram(Plan plan) {
    this.plan = plan;
    model = plan.model();
    config = model.config();
    buffers = new LlamaBuffers(plan, contextBits() > 8 ? 2 : 1);
    taps = new LlamaTaps(plan, program, buffers);
    Tables tables = model.tables();
    sine = new Constant("sine table", tables.sine());
    frequencies = new Constant("frequency table", tables.frequencies());
    exponents = new Constant("exponent table", tables.exponents());
    differences = new Constant("SiLU difference table", tables.differences());
    logarithms = new Constant("logarithm table", tables.logarithms());
    headWeights = weights(model.head().matrix());
    headMultipliers = words("head multipliers", model.head().multipliers());
    emit();
  }

  Program program() {
    return program;
  }

  List<TapPoint> taps() {
    return taps.points();
  }

  LlamaBuffers buffers() {
    return buffers;
  }

  private void emit() {
    embed();
    program
        .add(OpFormat.ANGLES)
        .with(Op.Angles.SINE, sine)
        .with(Op.Angles.FREQUENCIES, frequencies)
        .with(Op.Angles.OUTPUT, buffers.angles)
        .with(Op.Angles.HEAD_SIZE, config.headSize());
    for (int layer = 0; layer < config.layers(); layer++) {
      attention(layer, model.blocks().get(layer));
      feedForward(layer, model.blocks().get(layer));
    }
    head();
  }

  /** tokens → residual [R × E]. */
  private void embed() {
    boolean tied = model.tied();
    program
        .add(OpFormat.EMBED)
        .with(Op.Embed.TOKENS, buffers.tokens)
        .with(Op.Embed.WEIGHTS, tied ? headWeights : weights(model.embedding()))
        .with(
            Op.Embed.MULTIPLIERS,
            tied ? headMultipliers : words("embedding multipliers", model.embeddingMultipliers()))
        .with(Op.Embed.OUTPUT, buffers.residual)
        .with(Op.Embed.WIDTH, config.dim())
        .with(Op.Embed.LAYOUT, layout())
        .with(Op.Embed.RIGHT, model.embeddingRight());
    taps.residual(-1, Activation.EMBEDDING);
  }

  /** residual [R × E] → projected [R × (H + 2KV)·P] → context [R × H·P] → residual. */
  private void attention(int layer, Block block) {
    String name = "layer " + layer + " ";
    int heads = config.heads();
    int kvHeads = config.kvHeads();
    int size = config.headSize();
    Ram cache = buffers.caches.get(layer);
    buffers.renew(name + "attention");
    norm(name + "attention norm", block.attentionNorm(), layer, Activation.ATTENTION_NORM, Op.ALL);
    project(name + "query, key, value", block.queryKeyValue(), buffers.projected, Op.ALL);
    program
        .add(OpFormat.QUERY)
        .with(Op.Query.INPUT, buffers.projected)
        .with(Op.Query.ANGLES, buffers.angles)
        .with(Op.Query.OUTPUT, buffers.queries)
        .with(Op.Query.HEADS, heads)
        .with(Op.Query.HEAD_SIZE, size)
        .with(Op.Query.STRIDE, LlamaBuffers.projectedBytes(config));
    program
        .add(OpFormat.KEY)
        .with(Op.Key.INPUT, buffers.projected, 4 * heads * size)
        .with(Op.Key.ANGLES, buffers.angles)
        .with(Op.Key.CACHE, cache)
        .with(Op.Key.KV_HEADS, kvHeads)
        .with(Op.Key.HEAD_SIZE, size)
        .with(Op.Key.CAPACITY, plan.context())
        .with(Op.Key.STRIDE, LlamaBuffers.projectedBytes(config));
    program
        .add(OpFormat.VALUE)
        .with(Op.Value.INPUT, buffers.projected, 4 * (heads + kvHeads) * size)
        .with(Op.Value.CACHE, cache)
        .with(Op.Value.KV_HEADS, kvHeads)
        .with(Op.Value.HEAD_SIZE, size)
        .with(Op.Value.CAPACITY, plan.context())
        .with(Op.Value.STRIDE, LlamaBuffers.projectedBytes(config));
    taps.projected(layer, block);
    program
        .add(OpFormat.ATTEND)
        .with(Op.Attend.QUERIES, buffers.queries)
        .with(Op.Attend.CACHE, cache)
        .with(Op.Attend.OUTPUT, buffers.context)
        .with(Op.Attend.SCRATCH, buffers.attentionScratch)
        .with(Op.Attend.EXPONENTS, exponents)
        .with(Op.Attend.PARAMETERS + Attention.HEADS, heads)
        .with(Op.Attend.PARAMETERS + Attention.KV_HEADS, kvHeads)
        .with(Op.Attend.PARAMETERS + Attention.HEAD_SIZE, size)
        .with(Op.Attend.PARAMETERS + Attention.CAPACITY, plan.context())
        .with(Op.Attend.PARAMETERS + Attention.SCORE_UNIT, block.attention().scoreUnit())
        .with(Op.Attend.PARAMETERS + Attention.CONTEXT_UNIT, block.attention().contextUnit())
        .with(Op.Attend.PARAMETERS + Attention.OUTPUT_BITS, contextBits());
    taps.context(layer, block);
    sum(name + "output", block.output(), buffers.context, contextBits());
    taps.residual(layer, Activation.ATTENTION_RESIDUAL);
  }

  /** residual [R × E] → gateUp [R × 2F] → hidden [R × F] → residual. */
  private void feedForward(int layer, Block block) {
    String name = "layer " + layer + " ";
    int width = config.hidden();
    Projection projection = block.gateUp();
    buffers.renew(name + "feed-forward");
    norm(
        name + "feed-forward norm",
        block.feedForwardNorm(),
        layer,
        Activation.FEED_FORWARD_NORM,
        Op.ALL);
    project(name + "gate, up", projection, buffers.gateUp, Op.ALL);
    taps.gateUp(layer, block);
    program
        .add(OpFormat.GATE)
        .with(Op.Gate.INPUT, buffers.gateUp)
        .with(Op.Gate.OUTPUT, buffers.hidden)
        .with(Op.Gate.DIFFERENCES, differences)
        .with(Op.Gate.PARAMETERS + GatedActivation.WIDTH, width)
        .with(Op.Gate.PARAMETERS + GatedActivation.FRACTION_BITS, projection.fractions()[0])
        .with(Op.Gate.PARAMETERS + GatedActivation.MULTIPLIER, block.gate().multiplier())
        .with(Op.Gate.PARAMETERS + GatedActivation.SHIFT, block.gate().shift())
        .with(Op.Gate.PARAMETERS + GatedActivation.OUTPUT_BITS, block.gate().hiddenBits())
        .with(Op.Gate.PARAMETERS + GatedActivation.LEFT, block.gate().left());
    taps.hidden(layer, block);
    sum(name + "down", block.down(), buffers.hidden, 16);
    taps.residual(layer, Activation.FEED_FORWARD_RESIDUAL);
  }

  /** residual → logits [R or 1, × V] → result. */
  private void head() {
    int which = allLogits() ? Op.ALL : Op.LAST;
    int vocabulary = config.vocabulary();
    program.add(OpFormat.END_PREFILL);
    buffers.renew("head");
    norm("final norm", model.finalNorm(), -1, Activation.FINAL_NORM, which);
    linear(buffers.normed, 8, headWeights, buffers.logits, model.head().matrix(), which);
    rescale(buffers.logits, headMultipliers, model.head(), which);
    taps.logits();
    program
        .add(OpFormat.SEND_LOGITS)
        .with(Op.SendLogits.INPUT, buffers.logits)
        .with(Op.SendLogits.ROWS, which)
        .with(Op.SendLogits.ROW_BYTES, 4 * vocabulary);
    program
        .add(OpFormat.SAMPLE)
        .with(Op.Sample.LOGITS, buffers.logits)
        .with(Op.Sample.SCRATCH, buffers.sampleScratch)
        .with(Op.Sample.LOGARITHMS, logarithms)
        .with(Op.Sample.ROWS, which)
        .with(Op.Sample.FIRST, 0)
        .with(Op.Sample.COUNT, vocabulary);
  }

  private void norm(String name, Norm norm, int layer, Activation what, int which) {
    program
        .add(OpFormat.NORM)
        .with(Op.Norm.INPUT, buffers.residual)
        .with(Op.Norm.OUTPUT, buffers.normed)
        .with(Op.Norm.SCALES, buffers.scales)
        .with(Op.Norm.ROWS, which)
        .with(Op.Norm.PARAMETERS + RmsNorm.WIDTH, config.dim())
        .with(Op.Norm.PARAMETERS + RmsNorm.GAIN, Constants.halfwords(name + " gain", norm.gain()))
        .with(Op.Norm.PARAMETERS + RmsNorm.INVERSE_WIDTH, norm.inverseWidth())
        .with(Op.Norm.PARAMETERS + RmsNorm.EPSILON, norm.epsilon())
        .with(Op.Norm.PARAMETERS + RmsNorm.UNIT, norm.unit());
    taps.norm(layer, what);
  }

  /** normed [R × inputs] → fixed point [R × outputs]. */
  private void project(String name, Projection projection, Ram output, int which) {
    linear(buffers.normed, 8, weights(projection.matrix()), output, projection.matrix(), which);
    rescale(output, words(name + " multipliers", projection.multipliers()), projection, which);
  }

  /** A sharded activation [R × inputs] → sums [R × E] → residual. */
  private void sum(String name, Sum sum, Ram input, int inputBits) {
    linear(input, inputBits, weights(sum.matrix()), buffers.sums, sum.matrix(), Op.ALL);
    program
        .add(OpFormat.ADD)
        .with(Op.Add.INPUT, buffers.sums)
        .with(Op.Add.MULTIPLIERS, words(name + " multipliers", sum.multipliers()))
        .with(Op.Add.BIAS, Op.NO_BUFFER)
        .with(Op.Add.OUTPUT, buffers.residual)
        .with(Op.Add.CHANNELS, config.dim())
        .with(Op.Add.LEFT, sum.left())
        .with(Op.Add.RIGHT, sum.right());
  }

  private void linear(
      Ram input, int inputBits, Constant weights, Ram output, Matrix8 shape, int which) {
    Program.Step op =
        program
            .add(OpFormat.LINEAR)
            .with(Op.Linear.INPUT, input)
            .with(Op.Linear.WEIGHTS, weights)
            .with(Op.Linear.BIAS, Op.NO_BUFFER)
            .with(Op.Linear.OUTPUT, output)
            .with(Op.Linear.SCRATCH, Op.NO_BUFFER)
            .with(Op.Linear.ROWS, which)
            .with(Op.Linear.INPUTS, shape.columns())
            .with(Op.Linear.OUTPUTS, shape.rows())
            .with(Op.Linear.INPUT_BITS, inputBits > 8 ? 16 : 8)
            .with(Op.Linear.LAYOUT, layout());
    if (packed()) {
      Ram expanded = buffers.expanded(shape.name(), shape.columns(), which == Op.ALL);
      op.with(Op.Linear.SCRATCH, expanded);
    }
  }

  private void rescale(Ram data, Constant multipliers, Projection projection, int which) {
    program
        .add(OpFormat.RESCALE)
        .with(Op.Rescale.DATA, data)
        .with(Op.Rescale.MULTIPLIERS, multipliers)
        .with(Op.Rescale.BIAS, Op.NO_BUFFER)
        .with(Op.Rescale.SCALES, buffers.scales)
        .with(Op.Rescale.ROWS, which)
        .with(Op.Rescale.CHANNELS, projection.matrix().rows())
        .with(Op.Rescale.LEFT, projection.left())
        .with(Op.Rescale.SHIFT, projection.shift());
  }

  private Constant weights(Matrix8 matrix) {
    return Constants.weights(matrix, packed());
  }

  private static Constant words(String name, int[] values) {
    return Constants.words(name, values);
  }

  private int contextBits() {
    return model.blocks().get(0).attention().contextBits();
  }

  private boolean allLogits() {
    return plan.inspection() != Inspection.NONE;
  }

  private boolean packed() {
    return plan.weights() == Weights.PACKED;
  }

  private int layout() {
    return packed() ? Op.PACKED : Op.PLAIN;
  }
}

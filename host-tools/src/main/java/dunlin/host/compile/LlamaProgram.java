package dunlin.host.compile;

import dunlin.boards.BoardType.Weights;
import dunlin.firmware.Op;
import dunlin.firmware.Result;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.compile.TapPoint.Form;
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
import dunlin.kernels.KvCache;
import dunlin.kernels.LinearDsp;
import dunlin.kernels.Noise;
import dunlin.kernels.RmsNorm;
import dunlin.kernels.Rotary;
import dunlin.kernels.TopK;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits the program of a Llama decoder. What lives for a few ops has a buffer of its own each time,
 * so that the memory planner can reuse its bytes at once. Shapes: R rows of a pass, E dim, F
 * hidden, H heads, KV groups, P head size, V vocabulary.
 */
final class LlamaProgram {
  /** Candidates that a draw can be limited to. */
  static final int LARGEST_TOP_K = 128;

  private final Plan plan;
  private final QuantisedModel model;
  private final LlamaConfig config;
  private final int rows;
  private final Program program = new Program();
  private final List<TapPoint> taps = new ArrayList<>();

  private final Ram tokens; // int32 [R]
  private final Ram result = new Ram("result", Result.BYTES, true);
  private final Ram residual; // int32 [R × E]
  private final Ram angles; // [R × P/2 × (cos, sin)]
  private final Ram logits; // int32 [R or 1, × V]
  private final Ram sampleScratch;
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
    rows = plan.chunk();
    tokens = new Ram("tokens", 4 * rows, true);
    residual = ram("residual", 4L * config.dim() * rows);
    angles = ram("angles", Rotary.angleBytes(config.headSize(), rows));
    logits = ram("logits", 4L * config.vocabulary() * (allLogits() ? rows : 1));
    sampleScratch =
        ram("sampling scratch", Noise.scratchBytes() + TopK.scratchBytes(largestTopK(config)));
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
    return taps;
  }

  Ram tokens() {
    return tokens;
  }

  Ram result() {
    return result;
  }

  static int largestTopK(LlamaConfig config) {
    return Math.min(LARGEST_TOP_K, config.vocabulary());
  }

  private void emit() {
    embed();
    program
        .add(OpFormat.ANGLES)
        .with(Op.Angles.SINE, sine)
        .with(Op.Angles.FREQUENCIES, frequencies)
        .with(Op.Angles.OUTPUT, angles)
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
        .with(Op.Embed.TOKENS, tokens)
        .with(Op.Embed.WEIGHTS, tied ? headWeights : weights(model.embedding()))
        .with(
            Op.Embed.MULTIPLIERS,
            tied ? headMultipliers : words("embedding multipliers", model.embeddingMultipliers()))
        .with(Op.Embed.OUTPUT, residual)
        .with(Op.Embed.WIDTH, config.dim())
        .with(Op.Embed.LAYOUT, layout())
        .with(Op.Embed.RIGHT, model.embeddingRight());
    tapResidual(-1, Activation.EMBEDDING);
  }

  /** residual [R × E] → projected [R × (H + 2KV)·P] → context [R × H·P] → residual. */
  private void attention(int layer, Block block) {
    String name = "layer " + layer + " ";
    int heads = config.heads();
    int kvHeads = config.kvHeads();
    int size = config.headSize();
    Ram cache = new Ram(name + "KV cache", KvCache.bytes(kvHeads, size, plan.context()), true);
    Ram projected = ram(name + "query, key, value", (long) stride() * rows);
    Ram queries = ram(name + "queries", Attention.queryBytes(heads, size, rows));
    Ram context = ram(name + "context", (long) heads * size * rows * bytes(contextBits()));
    Ram scratch = ram(name + "scores", Attention.scratchBytes(size, plan.context()));
    Normed normed =
        norm(
            name + "attention norm",
            block.attentionNorm(),
            layer,
            Activation.ATTENTION_NORM,
            Op.ALL);
    project(name + "query, key, value", normed, block.queryKeyValue(), projected);
    program
        .add(OpFormat.QUERY)
        .with(Op.Query.INPUT, projected)
        .with(Op.Query.ANGLES, angles)
        .with(Op.Query.OUTPUT, queries)
        .with(Op.Query.HEADS, heads)
        .with(Op.Query.HEAD_SIZE, size)
        .with(Op.Query.STRIDE, stride());
    program
        .add(OpFormat.KEY)
        .with(Op.Key.INPUT, projected, 4 * heads * size)
        .with(Op.Key.ANGLES, angles)
        .with(Op.Key.CACHE, cache)
        .with(Op.Key.KV_HEADS, kvHeads)
        .with(Op.Key.HEAD_SIZE, size)
        .with(Op.Key.CAPACITY, plan.context())
        .with(Op.Key.STRIDE, stride());
    program
        .add(OpFormat.VALUE)
        .with(Op.Value.INPUT, projected, 4 * (heads + kvHeads) * size)
        .with(Op.Value.CACHE, cache)
        .with(Op.Value.KV_HEADS, kvHeads)
        .with(Op.Value.HEAD_SIZE, size)
        .with(Op.Value.CAPACITY, plan.context())
        .with(Op.Value.STRIDE, stride());
    tapProjected(layer, queries, projected, block.queryKeyValue().fractions());
    program
        .add(OpFormat.ATTEND)
        .with(Op.Attend.QUERIES, queries)
        .with(Op.Attend.CACHE, cache)
        .with(Op.Attend.OUTPUT, context)
        .with(Op.Attend.SCRATCH, scratch)
        .with(Op.Attend.EXPONENTS, exponents)
        .with(Op.Attend.PARAMETERS + Attention.HEADS, heads)
        .with(Op.Attend.PARAMETERS + Attention.KV_HEADS, kvHeads)
        .with(Op.Attend.PARAMETERS + Attention.HEAD_SIZE, size)
        .with(Op.Attend.PARAMETERS + Attention.CAPACITY, plan.context())
        .with(Op.Attend.PARAMETERS + Attention.SCORE_UNIT, block.attention().scoreUnit())
        .with(Op.Attend.PARAMETERS + Attention.CONTEXT_UNIT, block.attention().contextUnit())
        .with(Op.Attend.PARAMETERS + Attention.OUTPUT_BITS, contextBits());
    double contextStep = Scales.value(block.attention().contextStep());
    tapSharded(layer, Activation.CONTEXT, context, contextBits(), heads * size, contextStep);
    sum(name + "output", block.output(), context, contextBits());
    tapResidual(layer, Activation.ATTENTION_RESIDUAL);
  }

  /** residual [R × E] → gateUp [R × 2F] → hidden [R × F] → residual. */
  private void feedForward(int layer, Block block) {
    String name = "layer " + layer + " ";
    int width = config.hidden();
    Projection projection = block.gateUp();
    Ram gateUp = ram(name + "gate, up", 8L * width * rows); // int32 [R × 2F]
    Ram hidden = ram(name + "hidden", 2L * width * rows); // int16 [R × F]
    Normed normed =
        norm(
            name + "feed-forward norm",
            block.feedForwardNorm(),
            layer,
            Activation.FEED_FORWARD_NORM,
            Op.ALL);
    project(name + "gate, up", normed, projection, gateUp);
    tapGateUp(layer, gateUp, projection.fractions());
    program
        .add(OpFormat.GATE)
        .with(Op.Gate.INPUT, gateUp)
        .with(Op.Gate.OUTPUT, hidden)
        .with(Op.Gate.DIFFERENCES, differences)
        .with(Op.Gate.PARAMETERS + GatedActivation.WIDTH, width)
        .with(Op.Gate.PARAMETERS + GatedActivation.FRACTION_BITS, projection.fractions()[0])
        .with(Op.Gate.PARAMETERS + GatedActivation.MULTIPLIER, block.gate().multiplier())
        .with(Op.Gate.PARAMETERS + GatedActivation.SHIFT, block.gate().shift())
        .with(Op.Gate.PARAMETERS + GatedActivation.OUTPUT_BITS, block.gate().hiddenBits())
        .with(Op.Gate.PARAMETERS + GatedActivation.LEFT, block.gate().left());
    double hiddenStep = Scales.value(block.gate().hiddenStep());
    tapSharded(layer, Activation.HIDDEN, hidden, 16, width, hiddenStep);
    sum(name + "down", block.down(), hidden, 16);
    tapResidual(layer, Activation.FEED_FORWARD_RESIDUAL);
  }

  /** residual → logits [R or 1, × V] → result. */
  private void head() {
    int which = allLogits() ? Op.ALL : Op.LAST;
    int vocabulary = config.vocabulary();
    program.add(OpFormat.END_PREFILL);
    Normed normed = norm("final norm", model.finalNorm(), -1, Activation.FINAL_NORM, which);
    linear(normed.values(), 8, headWeights, logits, model.head().matrix(), which);
    rescale(logits, headMultipliers, normed.scales(), model.head(), which);
    tap(
        -1,
        Activation.LOGITS,
        Form.INT32,
        logits,
        4 * vocabulary,
        0,
        vocabulary,
        Math.scalb(1.0, -QuantisedModel.LOGIT_FRACTION));
    program
        .add(OpFormat.SEND_LOGITS)
        .with(Op.SendLogits.INPUT, logits)
        .with(Op.SendLogits.ROWS, which)
        .with(Op.SendLogits.ROW_BYTES, 4 * vocabulary);
    program
        .add(OpFormat.SAMPLE)
        .with(Op.Sample.LOGITS, logits)
        .with(Op.Sample.SCRATCH, sampleScratch)
        .with(Op.Sample.LOGARITHMS, logarithms)
        .with(Op.Sample.ROWS, which)
        .with(Op.Sample.FIRST, 0)
        .with(Op.Sample.COUNT, vocabulary);
  }

  /**
   * What a norm gives.
   *
   * @param values int8 [R × E]
   * @param scales Scale [R]
   */
  private record Normed(Ram values, Ram scales) {}

  private Normed norm(String name, Norm norm, int layer, Activation what, int which) {
    Ram normed = ram(name, (long) config.dim() * rows);
    Ram scales = ram(name + " scales", 4L * rows);
    program
        .add(OpFormat.NORM)
        .with(Op.Norm.INPUT, residual)
        .with(Op.Norm.OUTPUT, normed)
        .with(Op.Norm.SCALES, scales)
        .with(Op.Norm.ROWS, which)
        .with(Op.Norm.PARAMETERS + RmsNorm.WIDTH, config.dim())
        .with(Op.Norm.PARAMETERS + RmsNorm.GAIN, Constants.halfwords(name + " gain", norm.gain()))
        .with(Op.Norm.PARAMETERS + RmsNorm.INVERSE_WIDTH, norm.inverseWidth())
        .with(Op.Norm.PARAMETERS + RmsNorm.EPSILON, norm.epsilon())
        .with(Op.Norm.PARAMETERS + RmsNorm.UNIT, norm.unit());
    tap(layer, what, Form.INT8_SCALED, normed, config.dim(), 0, config.dim(), 1);
    tap(layer, what, Form.SCALES, scales, 4, 0, 1, 1);
    return new Normed(normed, scales);
  }

  /** normed [R × inputs] → fixed point [R × outputs]. */
  private void project(String name, Normed normed, Projection projection, Ram output) {
    Constant weights = weights(projection.matrix());
    Constant multipliers = words(name + " multipliers", projection.multipliers());
    linear(normed.values(), 8, weights, output, projection.matrix(), Op.ALL);
    rescale(output, multipliers, normed.scales(), projection, Op.ALL);
  }

  /** A sharded activation [R × inputs] → sums [R × E] → residual. */
  private void sum(String name, Sum sum, Ram input, int inputBits) {
    Ram sums = ram(name + " sums", 4L * config.dim() * rows);
    linear(input, inputBits, weights(sum.matrix()), sums, sum.matrix(), Op.ALL);
    program
        .add(OpFormat.ADD)
        .with(Op.Add.INPUT, sums)
        .with(Op.Add.MULTIPLIERS, words(name + " multipliers", sum.multipliers()))
        .with(Op.Add.BIAS, Op.NO_BUFFER)
        .with(Op.Add.OUTPUT, residual)
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
      int bytes = LinearDsp.scratchBytes(shape.columns(), which == Op.ALL ? rows : 1);
      op.with(Op.Linear.SCRATCH, ram("expanded input of " + shape.name(), bytes));
    }
  }

  private void rescale(
      Ram data, Constant multipliers, Ram scales, Projection projection, int which) {
    program
        .add(OpFormat.RESCALE)
        .with(Op.Rescale.DATA, data)
        .with(Op.Rescale.MULTIPLIERS, multipliers)
        .with(Op.Rescale.BIAS, Op.NO_BUFFER)
        .with(Op.Rescale.SCALES, scales)
        .with(Op.Rescale.ROWS, which)
        .with(Op.Rescale.CHANNELS, projection.matrix().rows())
        .with(Op.Rescale.LEFT, projection.left())
        .with(Op.Rescale.SHIFT, projection.shift());
  }

  private void tapResidual(int layer, Activation what) {
    double step = Math.scalb(1.0, -model.residualFraction());
    tap(layer, what, Form.INT32, residual, 4 * config.dim(), 0, config.dim(), step);
  }

  private void tapProjected(int layer, Ram queries, Ram projected, int[] fractions) {
    int heads = config.heads() * config.headSize();
    int kvHeads = config.kvHeads() * config.headSize();
    int queryBytes = Attention.queryBytes(config.heads(), config.headSize(), 1);
    // Turning halves: a step of what is turned is worth two.
    double query = 2 * Math.scalb(1.0, -fractions[0]);
    double key = 2 * Math.scalb(1.0, -fractions[1]);
    double value = Math.scalb(1.0, -fractions[2]);
    tap(layer, Activation.QUERY, Form.HEADS, queries, queryBytes, 0, heads, query);
    tap(layer, Activation.KEY, Form.INT32, projected, stride(), heads, kvHeads, key);
    tap(layer, Activation.VALUE, Form.INT32, projected, stride(), heads + kvHeads, kvHeads, value);
  }

  private void tapGateUp(int layer, Ram gateUp, int[] fractions) {
    int width = config.hidden();
    double gate = Math.scalb(1.0, -fractions[0]);
    double up = Math.scalb(1.0, -fractions[1]);
    tap(layer, Activation.GATE, Form.INT32, gateUp, 8 * width, 0, width, gate);
    tap(layer, Activation.UP, Form.INT32, gateUp, 8 * width, width, width, up);
  }

  private void tapSharded(
      int layer, Activation what, Ram buffer, int bits, int count, double step) {
    Form form = bits > 8 ? Form.INT16 : Form.INT8;
    tap(layer, what, form, buffer, count * bytes(bits), 0, count, step);
  }

  private void tap(
      int layer,
      Activation what,
      Form form,
      Ram buffer,
      int rowBytes,
      int first,
      int count,
      double step) {
    if (plan.inspection() != Inspection.TAPS) {
      return;
    }
    int number = taps.size();
    taps.add(
        new TapPoint(number, layer, what, form, rowBytes, first, count, config.headSize(), step));
    program
        .add(OpFormat.TAP)
        .with(Op.Tap.INPUT, buffer)
        .with(Op.Tap.ROWS, Op.ALL)
        .with(Op.Tap.ROW_BYTES, rowBytes)
        .with(Op.Tap.NUMBER, number);
  }

  private Constant weights(Matrix8 matrix) {
    return Constants.weights(matrix, packed());
  }

  private static Constant words(String name, int[] values) {
    return Constants.words(name, values);
  }

  private static Ram ram(String name, long bytes) {
    return new Ram(name, Math.toIntExact(bytes), false);
  }

  /** Bytes of a row of queries, keys and values. */
  private int stride() {
    return 4 * (config.heads() + 2 * config.kvHeads()) * config.headSize();
  }

  private int contextBits() {
    return model.blocks().get(0).attention().contextBits();
  }

  private static int bytes(int bits) {
    return bits > 8 ? 2 : 1;
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

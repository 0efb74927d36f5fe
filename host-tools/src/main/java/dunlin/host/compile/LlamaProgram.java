package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.Activation;
import dunlin.host.model.LlamaConfig;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Slice;
import dunlin.host.plan.Wiring;
import dunlin.host.quantise.QuantisedDecoder;
import dunlin.host.quantise.QuantisedDecoder.Block;
import dunlin.host.quantise.QuantisedDecoder.Norm;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.host.quantise.QuantisedModel.Projection;
import dunlin.host.quantise.QuantisedModel.Sum;
import dunlin.host.quantise.Tables;
import dunlin.kernels.Attention;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.RmsNorm;
import dunlin.kernels.WeightLayout;
import java.util.List;

/**
 * Emits the program of a Llama decoder. Shapes: R rows of a pass, E dim, F local.hidden, H heads,
 * KV groups, P head size, V vocabulary.
 */
final class LlamaProgram implements NodeProgram {
  private final Plan plan;
  private final QuantisedDecoder model;
  private final LlamaConfig config;
  private final int rank;
  private final Wiring wiring;

  /** Whether this node holds its stage's residual stream. */
  private final boolean leads;

  private final Sliced sliced;
  private final Program program = new Program();
  private final LinearOps linears;

  private final LlamaBuffers buffers;

  /** Those of the half-block under way. */
  private BlockBuffers local;

  /** The channels of sums that travel together. */
  private final List<Slice> parts;

  private final LlamaTaps taps;
  private final Collectives collectives;
  private final Constant sine;
  private final Constant frequencies;
  private final Constant exponents;
  private final Constant differences;
  private final Constant logarithms;
  private final Matrix8 head;
  private final Constant headWeights;
  private final Constant headMultipliers;

  LlamaProgram(Plan plan, QuantisedDecoder model, int rank) {
    this.plan = plan;
    this.model = model;
    this.rank = rank;
    config = model.config();
    wiring = plan.wiring();
    leads = wiring.leader(rank) == rank;
    linears = new LinearOps(program, plan.members().get(rank).weights().layout());
    sliced = new Sliced(config, plan.members().get(rank).shard());
    buffers = new LlamaBuffers(plan, rank, sliced);
    taps = new LlamaTaps(plan, model, program, buffers, sliced);
    parts = SumParts.of(plan);
    collectives = new Collectives(plan, rank, program);
    Tables tables = model.tables();
    sine = Constants.bytes("sine table", tables.sine());
    frequencies = Constants.bytes("frequency table", tables.frequencies());
    exponents = Constants.bytes("exponent table", tables.exponents());
    differences = Constants.bytes("SiLU difference table", tables.differences());
    logarithms = Constants.bytes("logarithm table", tables.logarithms());
    head = Sliced.rows(model.head().matrix(), sliced.tokens());
    headWeights = weights(head);
    headMultipliers =
        words("head multipliers", Sliced.rows(model.head().multipliers(), sliced.tokens()));
    emit();
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public NodeBuffers buffers() {
    return buffers.node;
  }

  @Override
  public List<Ram> caches() {
    return buffers.caches;
  }

  @Override
  public List<TapPoint> taps() {
    return taps.points();
  }

  @Override
  public int largestTopK() {
    return LlamaBuffers.largestTopK(config);
  }

  private void emit() {
    embed();
    if (sliced.heads() > 0) {
      program
          .add(OpFormat.ANGLES)
          .with(Op.Angles.SINE, sine)
          .with(Op.Angles.FREQUENCIES, frequencies)
          .with(Op.Angles.OUTPUT, buffers.angles)
          .with(Op.Angles.HEAD_SIZE, config.headSize());
    }
    new Stages(plan, rank, program, collectives)
        .emit(buffers.residual, 2 * (1 + parts.size()), this::block);
    head();
  }

  private void block(int layer) {
    attention(layer, model.blocks().get(layer));
    feedForward(layer, model.blocks().get(layer));
  }

  private BlockBuffers local(String name) {
    return new BlockBuffers(name, plan, rank, sliced, contextBits() > 8 ? 2 : 1);
  }

  /** tokens → residual [R × E], at the root; the rows come from their owners. */
  private void embed() {
    boolean tied = model.tied();
    Constant weights =
        tied ? headWeights : weights(Sliced.rows(model.embedding(), sliced.tokens()));
    Constant multipliers =
        tied
            ? headMultipliers
            : words(
                "embedding multipliers",
                Sliced.rows(model.embeddingMultipliers(), sliced.tokens()));
    boolean alone = plan.members().size() == 1;
    if (!alone) {
      collectives.fetch(buffers.fetched, config.dim(), weights, multipliers, layout());
    }
    if (rank != 0) {
      return;
    }
    Program.Step op =
        program
            .add(OpFormat.EMBED)
            .with(Op.Embed.OUTPUT, buffers.residual)
            .with(Op.Embed.WIDTH, config.dim())
            .with(Op.Embed.LAYOUT, alone ? layout() : WeightLayout.PLAIN)
            .with(Op.Embed.RIGHT, model.embeddingRight())
            .with(Op.Embed.ONTO, 0);
    if (alone) {
      op.with(Op.Embed.TOKENS, buffers.node.tokens().orElseThrow())
          .with(Op.Embed.WEIGHTS, weights)
          .with(Op.Embed.MULTIPLIERS, multipliers);
    } else {
      op.with(Op.Embed.TOKENS, Op.NO_BUFFER)
          .with(Op.Embed.WEIGHTS, buffers.fetched)
          .with(Op.Embed.MULTIPLIERS, Op.NO_BUFFER);
    }
    taps.residual(-1, Activation.EMBEDDING);
  }

  /** residual [R × E] → projected [R × (H + 2KV)·P] → context [R × H·P] → residual. */
  private void attention(int layer, Block block) {
    String name = "layer " + layer + " ";
    if (!collectives.concerns(Shards.ATTENTION)) {
      collectives.skip(1 + parts.size());
      return;
    }
    local = local(name + "attention ");
    int heads = sliced.heads();
    int kvHeads = sliced.kvHeads();
    int size = config.headSize();
    if (leads) {
      norm(name + "attention norm", block.attentionNorm(), Op.ALL);
      taps.norm(local, layer, Activation.ATTENTION_NORM);
    }
    collectives.broadcast(local.normed, local.scales, Shards.ATTENTION);
    if (heads > 0) {
      attend(name, layer, block, heads, kvHeads, size);
    }
    Matrix8 output = Sliced.columns(block.output().matrix(), sliced.context());
    sum(name + "output", block.output(), output, local.context, contextBits(), Shards.ATTENTION);
    if (leads) {
      taps.residual(layer, Activation.ATTENTION_RESIDUAL);
    }
  }

  /** normed [R × E] → projected [R × (H + 2KV)·P] → context [R × H·P]. */
  private void attend(String name, int layer, Block block, int heads, int kvHeads, int size) {
    Ram cache = buffers.caches.get(layer);
    project(
        name + "query, key, value",
        block.queryKeyValue(),
        sliced.queryKeyValue(),
        local.projected,
        Op.ALL);
    program
        .add(OpFormat.QUERY)
        .with(Op.Query.INPUT, local.projected)
        .with(Op.Query.ANGLES, buffers.angles)
        .with(Op.Query.OUTPUT, local.queries)
        .with(Op.Query.HEADS, heads)
        .with(Op.Query.HEAD_SIZE, size)
        .with(Op.Query.STRIDE, sliced.projectedBytes());
    program
        .add(OpFormat.KEY)
        .with(Op.Key.INPUT, local.projected, 4 * heads * size)
        .with(Op.Key.ANGLES, buffers.angles)
        .with(Op.Key.CACHE, cache)
        .with(Op.Key.KV_HEADS, kvHeads)
        .with(Op.Key.HEAD_SIZE, size)
        .with(Op.Key.CAPACITY, plan.context())
        .with(Op.Key.STRIDE, sliced.projectedBytes());
    program
        .add(OpFormat.VALUE)
        .with(Op.Value.INPUT, local.projected, 4 * (heads + kvHeads) * size)
        .with(Op.Value.CACHE, cache)
        .with(Op.Value.KV_HEADS, kvHeads)
        .with(Op.Value.HEAD_SIZE, size)
        .with(Op.Value.CAPACITY, plan.context())
        .with(Op.Value.STRIDE, sliced.projectedBytes());
    taps.projected(local, layer, block);
    program
        .add(OpFormat.ATTEND)
        .with(Op.Attend.QUERIES, local.queries)
        .with(Op.Attend.CACHE, cache)
        .with(Op.Attend.OUTPUT, local.context)
        .with(Op.Attend.SCRATCH, local.scores)
        .with(Op.Attend.EXPONENTS, exponents)
        .with(Op.Attend.PARAMETERS + Attention.HEADS, heads)
        .with(Op.Attend.PARAMETERS + Attention.KV_HEADS, kvHeads)
        .with(Op.Attend.PARAMETERS + Attention.HEAD_SIZE, size)
        .with(Op.Attend.PARAMETERS + Attention.CAPACITY, plan.context())
        .with(Op.Attend.PARAMETERS + Attention.SCORE_UNIT, block.attention().scoreUnit())
        .with(Op.Attend.PARAMETERS + Attention.CONTEXT_UNIT, block.attention().contextUnit())
        .with(Op.Attend.PARAMETERS + Attention.OUTPUT_BITS, contextBits());
    taps.context(local, layer, block);
  }

  /** residual [R × E] → gateUp [R × 2F] → hidden [R × F] → residual. */
  private void feedForward(int layer, Block block) {
    String name = "layer " + layer + " ";
    local = local(name + "feed-forward ");
    int width = sliced.hidden();
    Projection projection = block.gateUp();
    if (leads) {
      norm(name + "feed-forward norm", block.feedForwardNorm(), Op.ALL);
      taps.norm(local, layer, Activation.FEED_FORWARD_NORM);
    }
    collectives.broadcast(local.normed, local.scales, Shards.HIDDEN);
    project(name + "gate, up", projection, sliced.gateUp(), local.gateUp, Op.ALL);
    taps.gateUp(local, layer, block);
    program
        .add(OpFormat.GATE)
        .with(Op.Gate.INPUT, local.gateUp)
        .with(Op.Gate.OUTPUT, local.hidden)
        .with(Op.Gate.DIFFERENCES, differences)
        .with(Op.Gate.PARAMETERS + GatedActivation.WIDTH, width)
        .with(Op.Gate.PARAMETERS + GatedActivation.FRACTION_BITS, projection.fractions()[0])
        .with(Op.Gate.PARAMETERS + GatedActivation.MULTIPLIER, block.gate().multiplier())
        .with(Op.Gate.PARAMETERS + GatedActivation.SHIFT, block.gate().shift())
        .with(Op.Gate.PARAMETERS + GatedActivation.OUTPUT_BITS, block.gate().hiddenBits())
        .with(Op.Gate.PARAMETERS + GatedActivation.LEFT, block.gate().left());
    taps.hidden(local, layer, block);
    Matrix8 down = Sliced.columns(block.down().matrix(), sliced.down());
    sum(name + "down", block.down(), down, local.hidden, 16, Shards.HIDDEN);
    if (leads) {
      taps.residual(layer, Activation.FEED_FORWARD_RESIDUAL);
    }
  }

  /** residual → logits [R or 1, × V] → result. */
  private void head() {
    program.add(OpFormat.END_PREFILL);
    local = local("head ");
    int which = allLogits() ? Op.ALL : Op.LAST;
    if (rank == wiring.lastLeader()) {
      norm("final norm", model.finalNorm(), which);
      taps.norm(local, -1, Activation.FINAL_NORM);
    }
    collectives.broadcastToAll(local.normed, local.scales, which);
    if (!collectives.concerns(Shards.VOCABULARY)) {
      return;
    }
    int tokens = sliced.vocabulary();
    if (tokens > 0) {
      linear(local.normed, 8, headWeights, buffers.logits, head, which);
      rescale(buffers.logits, headMultipliers, model.head(), tokens, which);
      taps.logits();
    }
    collectives.sendLogits(buffers.logits, which);
    collectives.pick(buffers.logits, buffers.sampleScratch, logarithms, which);
  }

  /** residual [R × E] → normed. */
  private void norm(String name, Norm norm, int which) {
    program
        .add(OpFormat.NORM)
        .with(Op.Norm.INPUT, buffers.residual)
        .with(Op.Norm.OUTPUT, local.normed)
        .with(Op.Norm.SCALES, local.scales)
        .with(Op.Norm.ROWS, which)
        .with(Op.Norm.PARAMETERS + RmsNorm.WIDTH, config.dim())
        .with(Op.Norm.PARAMETERS + RmsNorm.GAIN, Constants.halfwords(name + " gain", norm.gain()))
        .with(Op.Norm.PARAMETERS + RmsNorm.INVERSE_WIDTH, norm.inverseWidth())
        .with(Op.Norm.PARAMETERS + RmsNorm.EPSILON, norm.epsilon())
        .with(Op.Norm.PARAMETERS + RmsNorm.UNIT, norm.unit());
  }

  /** normed [R × E] → fixed point [R × the rows of this shard]. */
  private void project(String name, Projection projection, int[] rows, Ram output, int which) {
    Matrix8 matrix = Sliced.rows(projection.matrix(), rows);
    linear(local.normed, 8, weights(matrix), output, matrix, which);
    Constant multipliers =
        words(name + " multipliers", Sliced.rows(projection.multipliers(), rows));
    rescale(output, multipliers, projection, rows.length, which);
  }

  /**
   * A sharded activation [R × the columns of this shard] → sums [R × E] → residual, at the leader:
   * part by part. A node computes as many parts before it asks for its children's first as there
   * are levels of nodes below it, since that one is so long on its way.
   */
  private void sum(String name, Sum sum, Matrix8 weights, Ram input, int inputBits, Shards share) {
    int ahead = Math.min(parts.size() - 1, collectives.levelsBelow(share));
    for (int i = 0; i < parts.size() + ahead; i++) {
      if (i < parts.size()) {
        Slice part = parts.get(i);
        Matrix8 shape = Sliced.rows(weights, part.units());
        linear(input, inputBits, weights(shape), local.sums, shape, Op.ALL)
            .with(Op.Linear.OUTPUT, local.sums, placeOf(part));
      }
      if (i >= ahead) {
        addUp(name, sum, parts.get(i - ahead), share);
      }
    }
  }

  private void addUp(String name, Sum sum, Slice part, Shards share) {
    collectives.reduce(local.sums, placeOf(part), part.count(), sum, share);
    if (!leads) {
      return;
    }
    int[] multipliers = Sliced.rows(sum.multipliers(), part.units());
    Constant words = words(name + " multipliers", multipliers);
    linears
        .add(local.sums, sum, words, buffers.residual, part.count(), config.dim(), Op.ALL)
        .with(Op.Add.INPUT, local.sums, placeOf(part))
        .with(Op.Add.OUTPUT, buffers.residual, 4 * part.first());
  }

  /** Where the sums of a part lie, R rows of them, behind those of the parts before. */
  private int placeOf(Slice part) {
    return 4 * plan.chunk() * part.first();
  }

  private Program.Step linear(
      Ram input, int inputBits, Constant weights, Ram output, Matrix8 shape, int which) {
    Ram scratch = local.expanded(shape, which == Op.ALL);
    return linears.linear(input, inputBits, weights, shape, output, scratch, which);
  }

  private void rescale(
      Ram data, Constant multipliers, Projection projection, int channels, int which) {
    linears
        .rescale(data, multipliers, projection, channels, which)
        .with(Op.Rescale.SCALES, local.scales);
  }

  private Constant weights(Matrix8 matrix) {
    return linears.weights(matrix);
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

  private int layout() {
    return plan.members().get(rank).weights().layout();
  }
}

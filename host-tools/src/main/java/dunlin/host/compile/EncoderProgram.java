package dunlin.host.compile;

import dunlin.boards.BoardType;
import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.plan.Plan;
import dunlin.host.plan.Wiring;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedEncoder.BiasedSum;
import dunlin.host.quantise.QuantisedEncoder.BottleneckBlock;
import dunlin.host.quantise.QuantisedEncoder.Entry;
import dunlin.host.quantise.QuantisedEncoder.Frames;
import dunlin.host.quantise.QuantisedEncoder.Norm;
import dunlin.host.quantise.QuantisedEncoder.PlainBlock;
import dunlin.host.quantise.QuantisedEncoder.Words;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.kernels.LayerNorm;
import dunlin.kernels.MeanPooling;
import dunlin.kernels.Scale;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Emits the program of an encoder. Shapes: S tokens, E dim, F this node's hidden columns, H its
 * heads, P head size. No op transposes or copies: each writes what the next one reads.
 */
final class EncoderProgram implements NodeProgram {
  private static final int ONE = Scale.of(1, 0);

  /** Of a plain block: two broadcasts, two reductions. */
  private static final int COLLECTIVES = 4;

  private final Plan plan;
  private final QuantisedEncoder model;
  private final EncoderConfig config;
  private final int rank;
  private final Wiring wiring;
  private final boolean leads;
  private final Sliced sliced;
  private final Tiling tiling;
  private final int layout;
  private final Program program = new Program();
  private final LinearOps linears;
  private final Collectives collectives;
  private final EncoderBuffers buffers;
  private final EncoderStream stream;
  private final EncoderAttention attention;
  private final EncoderFeedForward feedForward;
  private final Taps taps;

  EncoderProgram(Plan plan, QuantisedEncoder model, int rank, Tiling tiling) {
    this.plan = plan;
    this.model = model;
    this.rank = rank;
    this.tiling = tiling;
    config = model.config();
    wiring = plan.wiring();
    leads = wiring.leader(rank) == rank;
    sliced = new Sliced(config, plan.members().get(rank).shard());
    layout = plan.members().get(rank).weights().layout();
    linears = new LinearOps(program, layout);
    collectives = new Collectives(plan, rank, program);
    buffers = new EncoderBuffers(plan, model, rank, sliced, tiling);
    stream = new EncoderStream(model, program, linears, buffers);
    attention = new EncoderAttention(model, program, buffers, sliced, tiling, layout);
    feedForward = new EncoderFeedForward(config, linears, buffers, stream, sliced, tiling);
    taps = new Taps(plan, program);
    emit();
  }

  /** The program whose tiles are as large as the node's memory allows, the smallest at worst. */
  static EncoderProgram fitting(Plan plan, QuantisedEncoder model, int rank) {
    int heads = new Sliced(model.config(), plan.members().get(rank).shard()).heads();
    List<Integer> rows = Tiling.ofRows(plan.context());
    int fewest = rows.get(rows.size() - 1);
    Tiling attention =
        first(
            Tiling.ofAttention(plan.context(), heads),
            tiling -> new EncoderProgram(plan, model, rank, tiling.withRows(fewest)).fits());
    return first(
        rows.stream()
            .map(most -> new EncoderProgram(plan, model, rank, attention.withRows(most)))
            .toList(),
        EncoderProgram::fits);
  }

  /** The first that is good, or else the last. */
  private static <T> T first(List<T> all, Predicate<T> good) {
    return all.stream().filter(good).findFirst().orElse(all.get(all.size() - 1));
  }

  /** Whether its buffers fit its board. */
  private boolean fits() {
    List<BoardType.Region> ram = ram();
    List<Integer> bytes = memory().regionBytes();
    return IntStream.range(0, ram.size()).allMatch(i -> bytes.get(i) <= ram.get(i).bytes());
  }

  /** Where its buffers lie, whether or not they fit. */
  MemoryMap memory() {
    return MemoryPlanner.place(program, buffers.node.all(), ram());
  }

  private List<BoardType.Region> ram() {
    return plan.members().get(rank).board().ram();
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
    return List.of();
  }

  @Override
  public List<TapPoint> taps() {
    return taps.points();
  }

  @Override
  public int largestTopK() {
    return EncoderBuffers.largestTopK(model);
  }

  @Override
  public Optional<Tiling> tiled() {
    return Optional.of(tiling);
  }

  private void emit() {
    start();
    tap(
        -1,
        config.words().isPresent() && config.bottleneck().isEmpty()
            ? Activation.EMBEDDING_SUM
            : Activation.EMBEDDING);
    int ofBlock =
        config.bottleneck().isPresent() ? BottleneckProgram.collectives(config) : COLLECTIVES;
    new Stages(plan, rank, program, collectives).emit(buffers.residual, ofBlock, this::block);
    if (EncoderBuffers.headIsWhole(config)) {
      new TextHead(model, rank, linears, collectives, buffers, stream).emit();
    } else {
      head();
    }
  }

  private void start() {
    if (model.start() instanceof Words words) {
      new EncoderWords(
              plan, words, config, rank, linears, collectives, buffers, stream, sliced, tiling)
          .emit();
    } else if (rank == 0) {
      Frames frames = (Frames) model.start();
      new EncoderFrontEnd(config, frames, linears, buffers, stream, tiling, layout).emit();
    }
  }

  private void block(int layer) {
    if (model.blocks().get(layer) instanceof BottleneckBlock block) {
      new BottleneckProgram(
              config,
              linears,
              collectives,
              buffers,
              stream,
              attention,
              feedForward,
              sliced,
              tiling,
              leads)
          .emit(layer, block);
      tap(layer, Activation.FEED_FORWARD_NORM);
      return;
    }
    PlainBlock block = (PlainBlock) model.blocks().get(layer);
    attention(layer, block);
    feedForward(layer, block);
    tap(layer, Activation.FEED_FORWARD_RESIDUAL);
  }

  private void tap(int layer, Activation what) {
    double step = Taps.step(model.residualFraction());
    taps.tap(layer, what, TapPoint.Form.INT32, buffers.residual, config.dim(), step);
  }

  /** residual → entry int8 [S × E] → sums [S × E] → residual. */
  private void attention(int layer, PlainBlock block) {
    String half = "layer " + layer + " attention ";
    if (!collectives.concerns(Shards.ATTENTION)) {
      collectives.skip(2);
      return;
    }
    Ram entry = buffers.entry(half);
    Ram sums = buffers.sums(half);
    if (leads) {
      stream.enter(half, block.attentionEntry(), entry);
    }
    collectives.broadcast(entry, config.dim(), Shards.ATTENTION);
    attention.emit(half, block.attention(), block.output().sum().matrix(), entry, sums, false);
    addUp(half, block.output(), sums, Shards.ATTENTION);
  }

  /** residual → entry int8 [S × E] → hidden int16 [rows × F] → sums [S × E] → residual. */
  private void feedForward(int layer, PlainBlock block) {
    String half = "layer " + layer + " feed-forward ";
    Ram entry = buffers.entry(half);
    Ram sums = buffers.sums(half);
    if (leads) {
      stream.enter(half, block.feedForwardEntry(), entry);
    }
    collectives.broadcast(entry, config.dim(), Shards.HIDDEN);
    feedForward.emit(half, block.up(), block.down().sum().matrix(), entry, sums);
    addUp(half, block.down(), sums, Shards.HIDDEN);
  }

  /** Sums of all nodes to the stream. */
  private void addUp(String half, BiasedSum sum, Ram sums, Shards share) {
    collectives.reduce(sums, 0, config.dim(), sum.sum(), share);
    if (leads) {
      stream.add(sums, sum, EncoderStream.addTables(half, sum), Op.ALL);
    }
  }

  /** residual → pooled int8 [E] → logits [labels] → result. */
  private void head() {
    if (rank == wiring.lastLeader()) {
      pool();
    }
    collectives.broadcastToAll(buffers.pooled);
    if (!collectives.concerns(Shards.VOCABULARY)) {
      return;
    }
    if (sliced.vocabulary() > 0) {
      logits();
    }
    collectives.sendLogits(buffers.logits, Op.LAST);
    collectives.pick(
        buffers.logits,
        buffers.sampleScratch,
        Constants.bytes("logarithm table", model.tables().logarithms()),
        Op.LAST);
  }

  private void pool() {
    Entry entry = model.headEntry();
    Constant table = Constants.affine("head entry table", entry.output());
    Norm norm = entry.norm().orElseThrow();
    if (config.pooling() == Pooling.CLASS_TOKEN) {
      stream
          .normalise("head ", norm, Op.LAST)
          .with(Op.LayerNorm.OUTPUT, buffers.pooled)
          .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_TABLE, table)
          .with(Op.LayerNorm.PARAMETERS + LayerNorm.OUTPUT_RIGHT, entry.output().right());
      return;
    }
    stream.normalise("head ", norm, Op.ALL);
    program
        .add(OpFormat.POOL)
        .with(Op.Pool.INPUT, buffers.residual)
        .with(Op.Pool.OUTPUT, buffers.pooled)
        .with(Op.Pool.MEAN, Op.NO_BUFFER)
        .with(Op.Pool.ROWS, Op.ALL)
        .with(Op.Pool.PARAMETERS + MeanPooling.WIDTH, config.dim())
        .with(Op.Pool.PARAMETERS + MeanPooling.INVERSE_ROWS, model.inverseTokens())
        .with(Op.Pool.PARAMETERS + MeanPooling.OUTPUT_TABLE, table)
        .with(Op.Pool.PARAMETERS + MeanPooling.OUTPUT_RIGHT, entry.output().right());
  }

  private void logits() {
    Matrix8 matrix = Sliced.rows(model.head().matrix(), sliced.tokens());
    int[] multipliers = Sliced.rows(model.head().multipliers(), sliced.tokens());
    int[] bias = Sliced.rows(model.headBias(), sliced.tokens());
    Ram scratch = buffers.expandedRow("head", matrix);
    linears.linear(
        buffers.pooled, 8, linears.weights(matrix), matrix, buffers.logits, scratch, Op.LAST);
    linears
        .rescale(
            buffers.logits,
            Constants.words("head multipliers", multipliers),
            model.head(),
            matrix.rows(),
            Op.LAST)
        .with(Op.Rescale.BIAS, Constants.words("head bias", bias))
        .with(Op.Rescale.SCALES, Constants.words("scale of one", new int[] {ONE}));
  }
}

package dunlin.host.compile;

import dunlin.boards.BoardType;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.Activation;
import dunlin.host.model.EncoderConfig;
import dunlin.host.plan.Plan;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.quantise.QuantisedEncoder.BottleneckBlock;
import dunlin.host.quantise.QuantisedEncoder.Frames;
import dunlin.host.quantise.QuantisedEncoder.PlainBlock;
import dunlin.host.quantise.QuantisedEncoder.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Emits the program of an encoder. Shapes: S tokens, E dim, F this node's hidden columns, H its
 * heads, P head size. No op transposes or copies: each writes what the next one reads.
 */
final class EncoderProgram implements NodeProgram {
  private final EncoderNode node;
  private final EncoderConfig config;
  private final PlainProgram plain;
  private final BottleneckProgram bottlenecks;
  private final Taps taps;

  EncoderProgram(Plan plan, QuantisedEncoder model, int rank, Tiling tiling) {
    node = EncoderNode.of(plan, model, rank, tiling);
    config = node.config();
    plain = new PlainProgram(node);
    bottlenecks = new BottleneckProgram(node);
    taps = new Taps(node.plan(), node.program());
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
    return MemoryPlanner.place(node.program(), node.buffers().node.all(), ram());
  }

  private List<BoardType.Region> ram() {
    return node.plan().members().get(node.rank()).board().ram();
  }

  @Override
  public Program program() {
    return node.program();
  }

  @Override
  public NodeBuffers buffers() {
    return node.buffers().node;
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
    return EncoderBuffers.largestTopK(node.model());
  }

  @Override
  public Optional<Tiling> tiled() {
    return Optional.of(node.tiling());
  }

  private void emit() {
    start();
    boolean sum = config.words().isPresent() && config.bottleneck().isEmpty();
    tap(-1, sum ? Activation.EMBEDDING_SUM : Activation.EMBEDDING);
    int collectives =
        config.bottleneck().isPresent()
            ? BottleneckProgram.collectives(config)
            : PlainProgram.COLLECTIVES;
    new Stages(node.plan(), node.rank(), node.program(), node.collectives())
        .emit(node.buffers().residual, collectives, this::block);
    if (EncoderBuffers.headIsWhole(config)) {
      new TextHead(node).emit();
    } else {
      new DividedHead(node).emit();
    }
  }

  private void start() {
    if (node.model().start() instanceof Words words) {
      new EncoderWords(node, words).emit();
    } else if (node.rank() == 0) {
      new EncoderFrontEnd(node, (Frames) node.model().start()).emit();
    }
  }

  private void block(int layer) {
    if (node.model().blocks().get(layer) instanceof BottleneckBlock block) {
      bottlenecks.emit(layer, block);
      tap(layer, Activation.FEED_FORWARD_NORM);
    } else {
      plain.emit(layer, (PlainBlock) node.model().blocks().get(layer));
      tap(layer, Activation.FEED_FORWARD_RESIDUAL);
    }
  }

  private void tap(int layer, Activation what) {
    double step = Taps.step(node.model().residualFraction());
    Ram residual = node.buffers().residual;
    taps.tap(layer, what, TapPoint.Form.INT32, residual, config.dim(), step);
  }
}

package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig;
import dunlin.host.quantise.QuantisedEncoder.Affine;
import dunlin.host.quantise.QuantisedEncoder.BottleneckBlock;
import dunlin.host.quantise.QuantisedEncoder.FeedForward;
import dunlin.host.quantise.QuantisedEncoder.Gain;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.host.quantise.QuantisedModel.Sum;
import java.util.stream.IntStream;

/**
 * Emits blocks with bottlenecks. A leader holds two streams, of E and of B channels. A block takes
 * a synchronisation, broadcast and reduction, for attention and the input's projection together,
 * one for each feed-forward, and one for the way back, whose sums go B channels at a time through
 * one buffer. The projections from and to the stream are divided by the channels that they read.
 */
final class BottleneckProgram {
  private final EncoderConfig config;
  private final LinearOps linears;
  private final Collectives collectives;
  private final EncoderBuffers buffers;
  private final EncoderStream stream;
  private final EncoderAttention attention;
  private final EncoderFeedForward feedForward;
  private final Sliced sliced;
  private final Tiling tiling;
  private final boolean leads;

  BottleneckProgram(EncoderNode node) {
    config = node.config();
    linears = node.linears();
    collectives = node.collectives();
    buffers = node.buffers();
    stream = node.stream();
    attention = new EncoderAttention(node);
    feedForward = new EncoderFeedForward(node);
    sliced = node.sliced();
    tiling = node.tiling();
    leads = node.leads();
  }

  /** Broadcasts and reductions of a block. */
  static int collectives(EncoderConfig config) {
    int feedForwards = config.bottleneck().orElseThrow().feedForwards();
    return 2 + 2 * feedForwards + 1 + parts(config);
  }

  /** Runs of B channels in which sums of E channels are added up. */
  private static int parts(EncoderConfig config) {
    return (config.dim() + config.width() - 1) / config.width();
  }

  void emit(int layer, BottleneckBlock block) {
    String name = "layer " + layer + " ";
    Ram narrow = buffers.narrowResidual(name);
    attention(name + "attention ", block, narrow);
    for (int i = 0; i < block.feedForwards().size(); i++) {
      feedForward(name + "feed-forward " + i + " ", block.feedForwards().get(i), narrow);
    }
    widen(name + "widening ", block, narrow);
  }

  /** residual → entry int8 [S × E] → sums [S × B] → narrow. */
  private void attention(String half, BottleneckBlock block, Ram narrow) {
    Ram entry = buffers.entry(half);
    Ram sums = buffers.sums(half);
    if (leads) {
      stream.quantise(half, buffers.residual, block.entry(), entry, Op.ALL);
    }
    collectives.broadcast(entry, config.dim(), Shards.HIDDEN);
    Matrix8 output = block.output().matrix();
    int heads = config.heads() * config.headSize();
    int[] channels = sliced.channels(config.dim());
    int[] columns = IntStream.of(channels).map(channel -> heads + channel).toArray();
    linear(half, Sliced.columns(output, columns), entry, config.dim(), channels, sums);
    if (sliced.heads() > 0) {
      attention.emit(half, block.attention(), output, entry, sums, true);
    }
    addUp(half, block.output(), sums, block.start(), narrow);
  }

  /** narrow → entry int8 [S × B] → hidden → sums [S × B] → narrow. */
  private void feedForward(String half, FeedForward layer, Ram narrow) {
    Ram entry = enter(half, narrow, layer.entry());
    Ram sums = buffers.sums(half);
    feedForward.emit(half, layer.up(), layer.down().matrix(), entry, sums);
    addUp(half, layer.down(), sums, layer.gain(), narrow);
  }

  /** narrow → int8 [S × B], on all nodes. */
  private Ram enter(String half, Ram narrow, Affine affine) {
    Ram entry = buffers.narrowEntry(half);
    if (leads) {
      stream.quantise(half, narrow, affine, entry, Op.ALL);
    }
    collectives.broadcast(entry, config.width(), Shards.HIDDEN);
    return entry;
  }

  /** Sums of all nodes to the narrow stream, which takes its gains first. */
  private void addUp(String half, Sum sum, Ram sums, Gain gain, Ram narrow) {
    collectives.reduce(sums, 0, config.width(), sum, Shards.HIDDEN);
    if (leads) {
      stream.gain(half, narrow, gain);
      int[] channels = Sliced.range(0, config.width());
      stream.add(half, sums, sum, channels, narrow, config.width());
    }
  }

  /** narrow → entry int8 [S × B] → sums [S × B], part by part → residual. */
  private void widen(String half, BottleneckBlock block, Ram narrow) {
    Ram entry = enter(half, narrow, block.exit());
    Ram sums = buffers.sums(half);
    if (leads) {
      stream.gain(half, buffers.residual, block.gain());
    }
    Sum widen = block.widen();
    int[] columns = sliced.channels(config.width());
    Matrix8 own = Sliced.columns(widen.matrix(), columns);
    for (int first = 0; first < config.dim(); first += config.width()) {
      int[] channels = Sliced.range(first, Math.min(config.width(), config.dim() - first));
      linear(half, Sliced.rows(own, channels), entry, config.width(), columns, sums);
      collectives.reduce(sums, 0, channels.length, widen, Shards.HIDDEN);
      if (leads) {
        stream.add(half, sums, widen, channels, buffers.residual, config.dim());
      }
    }
  }

  /**
   * Some of the channels of int8 rows → sums, some rows at a time.
   *
   * @param width of the rows
   * @param channels that are read, side by side
   */
  private void linear(String half, Matrix8 matrix, Ram entry, int width, int[] channels, Ram sums) {
    int rowBytes = 4 * matrix.rows();
    int from = channels.length == 0 ? 0 : channels[0];
    Operand.Constant weights = linears.weights(matrix);
    for (int first = 0; first < buffers.positions; first += tiling.rows()) {
      int rows = Math.min(tiling.rows(), buffers.positions - first);
      Program.Step op =
          linears.linear(
              entry,
              8,
              weights,
              matrix,
              sums,
              buffers.expanded(half, matrix),
              Op.tile(first, rows));
      op.with(Op.Linear.OUTPUT, sums, first * rowBytes).with(Op.Linear.STRIDE, width);
      if (channels.length > 0) {
        op.with(Op.Linear.INPUT, entry, first * width + from);
      }
    }
  }
}

package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig;
import dunlin.host.quantise.QuantisedEncoder.BiasedSum;
import dunlin.host.quantise.QuantisedEncoder.PlainBlock;

/** Emits blocks of attention and a feed-forward, each a broadcast and a reduction. */
final class PlainProgram {
  /** Broadcasts and reductions of a block. */
  static final int COLLECTIVES = 4;

  private final EncoderConfig config;
  private final Collectives collectives;
  private final EncoderBuffers buffers;
  private final EncoderStream stream;
  private final EncoderAttention attention;
  private final EncoderFeedForward feedForward;
  private final boolean leads;

  PlainProgram(EncoderNode node) {
    config = node.config();
    collectives = node.collectives();
    buffers = node.buffers();
    stream = node.stream();
    attention = new EncoderAttention(node);
    feedForward = new EncoderFeedForward(node);
    leads = node.leads();
  }

  void emit(int layer, PlainBlock block) {
    attention("layer " + layer + " attention ", block);
    feedForward("layer " + layer + " feed-forward ", block);
  }

  /** residual → entry int8 [S × E] → sums [S × E] → residual. */
  private void attention(String half, PlainBlock block) {
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
  private void feedForward(String half, PlainBlock block) {
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
}

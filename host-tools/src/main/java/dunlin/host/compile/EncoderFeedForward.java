package dunlin.host.compile;

import dunlin.firmware.Op;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.model.EncoderConfig;
import dunlin.host.quantise.QuantisedEncoder.Activated;
import dunlin.host.quantise.QuantisedModel.Matrix8;

/** Emits a node's part of a feed-forward of an encoder, some rows at a time. */
final class EncoderFeedForward {
  private final EncoderConfig config;
  private final LinearOps linears;
  private final EncoderBuffers buffers;
  private final EncoderStream stream;
  private final Sliced sliced;
  private final Tiling tiling;

  EncoderFeedForward(EncoderNode node) {
    config = node.config();
    linears = node.linears();
    buffers = node.buffers();
    stream = node.stream();
    sliced = node.sliced();
    tiling = node.tiling();
  }

  /** entry int8 [S × up's columns] → hidden int16 [rows × F] → sums [S × down's rows]. */
  void emit(String half, Activated layer, Matrix8 downward, Ram entry, Ram sums) {
    int width = sliced.hidden();
    int[] columns = sliced.down();
    Matrix8 up = Sliced.rows(layer.matrix(), columns);
    Matrix8 down = Sliced.columns(downward, columns);
    Constant upWeights = linears.weights(up);
    Constant downWeights = linears.weights(down);
    Constant table = Constants.affine(half + "up table", layer.table(), columns);
    Ram tile = buffers.tile(half, width);
    Ram hidden = buffers.activated(half, width);
    for (int first = 0; first < buffers.positions; first += tiling.rows()) {
      int rows = Op.tile(first, Math.min(tiling.rows(), buffers.positions - first));
      linears
          .linear(entry, 8, upWeights, up, tile, buffers.expanded(half, up), rows)
          .with(Op.Linear.INPUT, entry, first * up.columns());
      stream
          .activate(layer, config.activation(), table, tile, width, rows)
          .with(Op.Activate.OUTPUT, hidden);
      linears
          .linear(hidden, 16, downWeights, down, sums, buffers.expanded(half, down), rows)
          .with(Op.Linear.OUTPUT, sums, 4 * first * down.rows());
    }
  }
}

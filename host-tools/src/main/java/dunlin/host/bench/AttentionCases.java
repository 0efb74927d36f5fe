package dunlin.host.bench;

import dunlin.firmware.Op;
import dunlin.kernels.Affine;
import dunlin.kernels.Dsp;
import dunlin.kernels.Scale;
import dunlin.kernels.SelfAttention;
import dunlin.kernels.WeightLayout;
import java.util.Random;

/** Self-attention on pseudo-random operands: about what a trained layer's are. */
final class AttentionCases {
  private static final int RIGHT = 8;

  private final Random random = new Random(4);
  private final int layout;

  AttentionCases(int layout) {
    this.layout = layout;
  }

  /** A layer's op and operands. */
  CallTimer.Call call(AttentionShape shape, AttentionTile tile) {
    int inner = shape.heads() * shape.headSize();
    int queryWidth = tile.fused() ? shape.width() : shape.headSize();
    CallImage image = new CallImage();
    int rows = shape.positions();
    image
        .op(Op.SelfAttend.CODE, Op.SelfAttend.BYTES)
        .with(Op.SelfAttend.INPUT, image.constant(bytes(rows * shape.width())))
        .with(Op.SelfAttend.OUTPUT, image.ram(4 * rows * shape.width()))
        .with(Op.SelfAttend.SCRATCH, image.ram(tile.scratchBytes(shape, layout)))
        .with(Op.SelfAttend.ROWS, Op.ALL)
        .with(at(SelfAttention.HEADS), shape.heads())
        .with(at(SelfAttention.WIDTH), shape.width())
        .with(at(SelfAttention.QUERY_WIDTH), queryWidth)
        .with(at(SelfAttention.HEAD_SIZE), shape.headSize())
        .with(at(SelfAttention.HEADS_AT_ONCE), tile.heads())
        .with(at(SelfAttention.ROWS_AT_ONCE), tile.rows())
        .with(at(SelfAttention.LAYOUT), layout)
        .with(at(SelfAttention.QUERY_WEIGHTS), weights(image, shape, queryWidth))
        .with(
            at(SelfAttention.KEY_WEIGHTS),
            tile.fused() ? SelfAttention.FUSED : weights(image, shape, shape.headSize()))
        .with(at(SelfAttention.VALUE_WEIGHTS), weights(image, shape, shape.headSize()))
        .with(at(SelfAttention.OUTPUT_WEIGHTS), outputs(image, shape, tile.heads()))
        .with(
            at(SelfAttention.QUERY_TABLE),
            image.constant(table(shape, shape.heads() * queryWidth, 700)))
        .with(at(SelfAttention.QUERY_RIGHT), RIGHT)
        .with(at(SelfAttention.KEY_TABLE), image.constant(table(shape, inner, 40)))
        .with(at(SelfAttention.KEY_RIGHT), RIGHT)
        .with(at(SelfAttention.VALUE_TABLE), image.constant(table(shape, inner, 40)))
        .with(at(SelfAttention.VALUE_RIGHT), RIGHT)
        .with(at(SelfAttention.HEAD_UNITS), image.constant(units(shape, tile.fused())))
        .with(at(SelfAttention.EXPONENTS), image.constant(exponents()))
        .with(at(SelfAttention.OUTPUT_WIDTH), shape.width())
        .with(at(SelfAttention.ONTO), 0);
    return new CallTimer.Call("attention " + shape, image.write(0, rows), image.ramBytes());
  }

  private static int at(int parameter) {
    return Op.SelfAttend.PARAMETERS + parameter;
  }

  private int weights(CallImage image, AttentionShape shape, int outputs) {
    int bytes = WeightLayout.bytes(layout, shape.width(), outputs);
    return image.constant(bytes(shape.heads() * bytes));
  }

  private int outputs(CallImage image, AttentionShape shape, int together) {
    int bytes = WeightLayout.bytes(layout, together * shape.headSize(), shape.width());
    return image.constant(bytes((shape.heads() + together - 1) / together * bytes));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Multipliers and addends with which sums become about {@code deviation}. */
  private int[] table(AttentionShape shape, int channels, int deviation) {
    double sum = 128.0 * 128 / 3 * Math.sqrt(shape.width());
    int[] table = new int[channels * Affine.BYTES / 4];
    for (int c = 0; c < channels; c++) {
      table[2 * c] = (int) Math.scalb(deviation / sum, 32 + RIGHT);
      table[2 * c + 1] = (random.nextInt(2 * deviation) - deviation << RIGHT) + (1 << RIGHT - 1);
    }
    return table;
  }

  /** Scores with a deviation of two octaves. */
  private static int[] units(AttentionShape shape, boolean fused) {
    double products =
        fused
            ? 700 * 74 * Math.sqrt(shape.width()) // keys are the input
            : 700 * 40 * Math.sqrt(shape.headSize());
    int[] units = new int[2 * shape.heads()];
    for (int head = 0; head < shape.heads(); head++) {
      units[2 * head] = (int) Math.scalb(2 / products, 42);
      units[2 * head + 1] = Scale.of(1, 0);
    }
    return units;
  }

  private static byte[] exponents() {
    byte[] table = new byte[2048];
    for (int i = 0; i < 1024; i++) {
      Dsp.store16(table, 2 * i, (int) Math.round(32767 * Math.pow(2, -i / 1024.0)));
    }
    return table;
  }
}

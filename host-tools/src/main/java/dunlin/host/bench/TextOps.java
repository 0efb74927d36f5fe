package dunlin.host.bench;

import dunlin.firmware.Op;
import dunlin.kernels.LinearDsp;
import dunlin.kernels.WeightLayout;
import java.util.Random;

/** Calls of ops that only text encoders have, with pseudo-random operands. */
final class TextOps {
  private static final int TOKENS = 32;
  private static final int SHIFT = 30;

  private final Random random = new Random(5);
  private final int layout;

  /** For weights that lie as {@code layout} says. */
  TextOps(int layout) {
    this.layout = layout;
  }

  KernelCase noNorm(int rows, int width) {
    CallImage image = new CallImage();
    image
        .op(Op.NoNorm.CODE, Op.NoNorm.BYTES)
        .with(Op.NoNorm.STREAM, image.ram(4 * rows * width))
        .with(Op.NoNorm.TABLE, image.constant(random.ints(2L * width).toArray()))
        .with(Op.NoNorm.WIDTH, width)
        .with(Op.NoNorm.SHIFT, SHIFT)
        .with(Op.NoNorm.ROWS, Op.ALL);
    return new KernelCase("no-norm", rows, width, width, 0, 0, image);
  }

  /** Rows of a table, added to the stream. */
  KernelCase embedding(int rows, int width) {
    CallImage image = new CallImage();
    int weights = WeightLayout.bytes(layout, width, TOKENS);
    embed(image, rows, width, layout)
        .with(Op.Embed.TOKENS, image.constant(random.ints(rows, 0, TOKENS).toArray()))
        .with(Op.Embed.WEIGHTS, image.constant(bytes(weights)))
        .with(
            Op.Embed.MULTIPLIERS,
            image.constant(random.ints(TOKENS, 0, Integer.MAX_VALUE).toArray()));
    return new KernelCase("embedding", rows, width, width, 0, 0, image);
  }

  /** Rows that other nodes have sent, added to the stream. */
  KernelCase fetched(int rows, int width) {
    CallImage image = new CallImage();
    embed(image, rows, width, WeightLayout.PLAIN)
        .with(Op.Embed.TOKENS, Op.NO_BUFFER)
        .with(Op.Embed.WEIGHTS, image.constant(bytes(rows * LinearDsp.padded(4 + width))))
        .with(Op.Embed.MULTIPLIERS, Op.NO_BUFFER);
    return new KernelCase("fetched-embedding", rows, width, width, 0, 0, image);
  }

  private static CallImage.OpRecord embed(CallImage image, int rows, int width, int layout) {
    return image
        .op(Op.Embed.CODE, Op.Embed.BYTES)
        .with(Op.Embed.OUTPUT, image.ram(4 * rows * width))
        .with(Op.Embed.WIDTH, width)
        .with(Op.Embed.LAYOUT, layout)
        .with(Op.Embed.RIGHT, 8)
        .with(Op.Embed.ONTO, 1);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}

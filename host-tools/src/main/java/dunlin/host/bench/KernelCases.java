package dunlin.host.bench;

import dunlin.boards.BoardType.Weights;
import dunlin.firmware.Op;
import dunlin.host.model.LlamaConfig;
import dunlin.host.quantise.Tables;
import dunlin.kernels.Attention;
import dunlin.kernels.Dsp;
import dunlin.kernels.GatedActivation;
import dunlin.kernels.KvCache;
import dunlin.kernels.RmsNorm;
import dunlin.kernels.Scale;
import dunlin.kernels.WeightLayout;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The calls that are measured, with pseudo-random operands: sizes that others publish figures for
 * (512, and heads of 64), and those of stories260K.
 */
final class KernelCases {
  private static final int FRACTION = 16;

  private final Random random = new Random(4);
  private final int layout;

  private KernelCases(Weights weights) {
    layout = weights.layout();
  }

  /** The cases, for a layout of weights. */
  static List<KernelCase> of(Weights weights) {
    KernelCases cases = new KernelCases(weights);
    return List.of(
        cases.linear(1, 512, 512, 8),
        cases.linear(64, 512, 512, 8),
        cases.linear(1, 64, 172, 8),
        cases.linear(1, 172, 64, 8),
        cases.linear(1, 172, 64, 16),
        cases.linear(1, 64, 512, 8),
        cases.attention(8, 8, 64, 128),
        cases.attention(8, 4, 8, 128),
        cases.norm(64),
        cases.query(8, 8),
        cases.key(4, 8),
        cases.value(4, 8),
        cases.gate(172),
        cases.add(64),
        new TextOps(weights.layout()).noNorm(1, 64),
        cases.select(512));
  }

  private KernelCase linear(int rows, int inputs, int outputs, int bits) {
    CallImage image = new CallImage();
    int sums = image.ram(4 * rows * outputs);
    int scratch = image.ram(WeightLayout.scratchBytes(layout, inputs, rows));
    int weights = WeightLayout.bytes(layout, inputs, outputs);
    image
        .op(Op.Linear.CODE, Op.Linear.BYTES)
        .with(Op.Linear.INPUT, image.constant(bytes(rows * inputs * bits / 8)))
        .with(Op.Linear.WEIGHTS, image.constant(bytes(weights)))
        .with(Op.Linear.BIAS, Op.NO_BUFFER)
        .with(Op.Linear.OUTPUT, sums)
        .with(Op.Linear.SCRATCH, scratch)
        .with(Op.Linear.ROWS, Op.ALL)
        .with(Op.Linear.INPUTS, inputs)
        .with(Op.Linear.OUTPUTS, outputs)
        .with(Op.Linear.INPUT_BITS, bits)
        .with(Op.Linear.LAYOUT, layout)
        .with(Op.Linear.STRIDE, inputs * bits / 8);
    image
        .op(Op.Rescale.CODE, Op.Rescale.BYTES)
        .with(Op.Rescale.DATA, sums)
        .with(Op.Rescale.MULTIPLIERS, image.constant(multipliers(outputs)))
        .with(Op.Rescale.BIAS, Op.NO_BUFFER)
        .with(Op.Rescale.SCALES, image.constant(scales(rows)))
        .with(Op.Rescale.ROWS, Op.ALL)
        .with(Op.Rescale.CHANNELS, outputs)
        .with(Op.Rescale.LEFT, 4)
        .with(Op.Rescale.SHIFT, 8);
    String name = "linear-int" + bits;
    return new KernelCase(name, rows, inputs, outputs, (long) rows * inputs * outputs, 0, image);
  }

  /** One query over {@code positions} positions. */
  private KernelCase attention(int heads, int kvHeads, int headSize, int positions) {
    CallImage image = new CallImage();
    int width = heads * headSize;
    double perProduct = 1 / Math.log(2) / Math.sqrt(headSize) / (127 * 127);
    image
        .op(Op.Attend.CODE, Op.Attend.BYTES)
        .with(Op.Attend.QUERIES, image.constant(queries(heads, headSize)))
        .with(Op.Attend.CACHE, image.constant(cache(kvHeads, headSize, positions)))
        .with(Op.Attend.OUTPUT, image.ram(width))
        .with(
            Op.Attend.SCRATCH,
            image.ram(Attention.scratchBytes(heads / kvHeads, headSize, positions)))
        .with(Op.Attend.EXPONENTS, image.constant(tables(headSize).exponents()))
        .with(Op.Attend.PARAMETERS + Attention.HEADS, heads)
        .with(Op.Attend.PARAMETERS + Attention.KV_HEADS, kvHeads)
        .with(Op.Attend.PARAMETERS + Attention.HEAD_SIZE, headSize)
        .with(Op.Attend.PARAMETERS + Attention.CAPACITY, positions)
        .with(
            Op.Attend.PARAMETERS + Attention.SCORE_UNIT,
            scale(Math.scalb(perProduct, Attention.SCORE_BITS - 2 * FRACTION)))
        .with(Op.Attend.PARAMETERS + Attention.CONTEXT_UNIT, scale(0x1p4 / 127))
        .with(Op.Attend.PARAMETERS + Attention.OUTPUT_BITS, 8);
    long macs = 2L * width * positions;
    return new KernelCase("attention", 1, width, width, macs, positions - 1, image);
  }

  private KernelCase norm(int width) {
    CallImage image = new CallImage();
    image
        .op(Op.Norm.CODE, Op.Norm.BYTES)
        .with(Op.Norm.INPUT, image.ram(4 * width))
        .with(Op.Norm.OUTPUT, image.ram(width))
        .with(Op.Norm.SCALES, image.ram(4))
        .with(Op.Norm.ROWS, Op.ALL)
        .with(Op.Norm.PARAMETERS + RmsNorm.WIDTH, width)
        .with(Op.Norm.PARAMETERS + RmsNorm.GAIN, image.constant(bytes(2 * width)))
        .with(Op.Norm.PARAMETERS + RmsNorm.INVERSE_WIDTH, scale(1.0 / width))
        .with(Op.Norm.PARAMETERS + RmsNorm.EPSILON, scale(1e-5 * 0x1p40))
        .with(Op.Norm.PARAMETERS + RmsNorm.UNIT, scale(0x1p-14 / 127));
    return new KernelCase("rms-norm", 1, width, width, 0, 0, image);
  }

  private KernelCase query(int heads, int headSize) {
    CallImage image = new CallImage();
    int width = heads * headSize;
    image
        .op(Op.Query.CODE, Op.Query.BYTES)
        .with(Op.Query.INPUT, image.ram(4 * width))
        .with(Op.Query.ANGLES, image.constant(bytes(2 * headSize)))
        .with(Op.Query.OUTPUT, image.ram(Attention.queryBytes(heads, headSize, 1)))
        .with(Op.Query.HEADS, heads)
        .with(Op.Query.HEAD_SIZE, headSize)
        .with(Op.Query.STRIDE, 4 * width);
    return new KernelCase("query", 1, width, width, 0, 0, image);
  }

  private KernelCase key(int heads, int headSize) {
    CallImage image = new CallImage();
    int width = heads * headSize;
    image
        .op(Op.Key.CODE, Op.Key.BYTES)
        .with(Op.Key.INPUT, image.ram(4 * width))
        .with(Op.Key.ANGLES, image.constant(bytes(2 * headSize)))
        .with(Op.Key.CACHE, image.ram(KvCache.bytes(heads, headSize, 128)))
        .with(Op.Key.KV_HEADS, heads)
        .with(Op.Key.HEAD_SIZE, headSize)
        .with(Op.Key.CAPACITY, 128)
        .with(Op.Key.STRIDE, 4 * width);
    return new KernelCase("key", 1, width, width, 0, 127, image);
  }

  private KernelCase value(int heads, int headSize) {
    CallImage image = new CallImage();
    int width = heads * headSize;
    image
        .op(Op.Value.CODE, Op.Value.BYTES)
        .with(Op.Value.INPUT, image.ram(4 * width))
        .with(Op.Value.CACHE, image.ram(KvCache.bytes(heads, headSize, 128)))
        .with(Op.Value.KV_HEADS, heads)
        .with(Op.Value.HEAD_SIZE, headSize)
        .with(Op.Value.CAPACITY, 128)
        .with(Op.Value.STRIDE, 4 * width);
    return new KernelCase("value", 1, width, width, 0, 127, image);
  }

  private KernelCase gate(int width) {
    CallImage image = new CallImage();
    image
        .op(Op.Gate.CODE, Op.Gate.BYTES)
        .with(Op.Gate.INPUT, image.ram(8 * width))
        .with(Op.Gate.OUTPUT, image.ram(2 * width))
        .with(Op.Gate.DIFFERENCES, image.constant(tables(8).differences()))
        .with(Op.Gate.PARAMETERS + GatedActivation.WIDTH, width)
        .with(Op.Gate.PARAMETERS + GatedActivation.FRACTION_BITS, 24)
        .with(Op.Gate.PARAMETERS + GatedActivation.MULTIPLIER, 1 << 30)
        .with(Op.Gate.PARAMETERS + GatedActivation.SHIFT, 12)
        .with(Op.Gate.PARAMETERS + GatedActivation.OUTPUT_BITS, 12)
        .with(Op.Gate.PARAMETERS + GatedActivation.LEFT, 2);
    return new KernelCase("gate", 1, 2 * width, width, 0, 0, image);
  }

  private KernelCase add(int width) {
    CallImage image = new CallImage();
    image
        .op(Op.Add.CODE, Op.Add.BYTES)
        .with(Op.Add.INPUT, image.ram(4 * width))
        .with(Op.Add.MULTIPLIERS, image.constant(multipliers(width)))
        .with(Op.Add.BIAS, Op.NO_BUFFER)
        .with(Op.Add.OUTPUT, image.ram(4 * width))
        .with(Op.Add.CHANNELS, width)
        .with(Op.Add.LEFT, 4)
        .with(Op.Add.RIGHT, 8)
        .with(Op.Add.STRIDE, 4 * width)
        .with(Op.Add.ROWS, Op.ALL);
    return new KernelCase("add", 1, width, width, 0, 0, image);
  }

  private KernelCase select(int count) {
    CallImage image = new CallImage();
    image
        .op(Op.Select.CODE, Op.Select.BYTES)
        .with(Op.Select.LOGITS, image.ram(4 * count))
        .with(Op.Select.SCRATCH, image.ram(64))
        .with(Op.Select.LOGARITHMS, image.constant(tables(8).logarithms()))
        .with(Op.Select.ROWS, Op.ALL)
        .with(Op.Select.FIRST, 0)
        .with(Op.Select.COUNT, count);
    return new KernelCase("select-greedy", 1, count, 1, 0, 0, image);
  }

  private byte[] queries(int heads, int headSize) {
    byte[] x = words(heads * headSize);
    byte[] q = new byte[Attention.queryBytes(heads, headSize, 1)];
    Attention.query(x, 0, q, 0, heads, headSize);
    return q;
  }

  /** Keys and values of every position. */
  private byte[] cache(int kvHeads, int headSize, int positions) {
    byte[] cache = new byte[KvCache.bytes(kvHeads, headSize, positions)];
    for (int position = 0; position < positions; position++) {
      byte[] key = words(kvHeads * headSize);
      byte[] value = words(kvHeads * headSize);
      KvCache.writeKey(cache, 0, key, 0, position, kvHeads, headSize, positions);
      KvCache.writeValue(cache, 0, value, 0, position, kvHeads, headSize, positions);
    }
    return cache;
  }

  /** Normally distributed, with a deviation of one in fixed point. */
  private byte[] words(int count) {
    byte[] words = new byte[4 * count];
    for (int i = 0; i < count; i++) {
      Dsp.store32(words, 4 * i, (int) Math.scalb(random.nextGaussian(), FRACTION));
    }
    return words;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private int[] multipliers(int count) {
    return IntStream.range(0, count).map(i -> random.nextInt() >>> 1).toArray();
  }

  private int[] scales(int count) {
    return IntStream.range(0, count).map(i -> scale(1 + random.nextDouble())).toArray();
  }

  private static Tables tables(int headSize) {
    return Tables.of(new LlamaConfig(0, 0, 0, 0, 0, headSize, 0, 0, 0, 10_000));
  }

  private static int scale(double value) {
    int exponent = Math.getExponent(value) - 30;
    return Scale.of((long) Math.scalb(value, -exponent), exponent);
  }
}

package dunlin.kernels;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One layer's self-attention with random operands: the kernel's sums, for any layout and tiling,
 * and the same as {@link SelfAttention}'s Javadoc writes it down, element by element.
 */
final class SelfAttentionCase {
  /** What decides bits. */
  record Shape(int positions, int width, int heads, int headSize, int outputWidth, boolean fused) {
    /** Of which as much comes out as goes in. */
    Shape(int positions, int width, int heads, int headSize, boolean fused) {
      this(positions, width, heads, headSize, width, fused);
    }

    int queryWidth() {
      return fused ? width : headSize;
    }
  }

  /** Output steps of a value's step are below this. */
  static final double LARGEST_UNIT = 2.5;

  private static final int RIGHT = 4;

  final Shape shape;
  private final Random random;
  private final int[] input;
  private final int[] query;
  private final int[] key;
  private final int[] value;
  private final int[] output;
  private final int[] queryTable;
  private final int[] keyTable;
  private final int[] valueTable;
  private final int[] units;

  /**
   * A case.
   *
   * @param spread of scores, in log2 units
   */
  SelfAttentionCase(Shape shape, double spread, Random random) {
    this.shape = shape;
    this.random = random;
    int inner = shape.heads * shape.headSize;
    int queries = shape.heads * shape.queryWidth();
    input = bytes(shape.positions * shape.width);
    query = bytes(queries * shape.width);
    key = bytes(inner * shape.width);
    value = bytes(inner * shape.width);
    output = bytes(shape.outputWidth * inner);
    queryTable = table(queries, 1000);
    keyTable = table(inner, 60);
    valueTable = table(inner, 60);
    units = new int[2 * shape.heads];
    double perProduct = spread / (1000 * 60 * Math.sqrt(shape.queryWidth()));
    for (int head = 0; head < shape.heads; head++) {
      double multiplier = Math.min(0x7fffffff, perProduct * 0x1p42 * (1 + random.nextDouble()));
      units[2 * head] = (int) multiplier;
      units[2 * head + 1] = Scales.of(0.5 + (LARGEST_UNIT - 0.5) * random.nextDouble());
    }
  }

  private int[] bytes(int count) {
    return IntStream.generate(() -> random.nextInt(255) - 127).limit(count).toArray();
  }

  /** Multipliers and addends with which a sum becomes about {@code deviation}. */
  private int[] table(int channels, int deviation) {
    double sum = 127.0 * 127 / 3 * Math.sqrt(shape.width);
    int[] table = new int[2 * channels];
    for (int c = 0; c < channels; c++) {
      double factor = deviation / sum * (0.5 + random.nextDouble());
      table[2 * c] = (int) Math.min(0x7fffffff, factor * Math.scalb(1.0, 32 + RIGHT));
      table[2 * c + 1] = (random.nextInt(2 * deviation) - deviation << RIGHT) + (1 << RIGHT - 1);
    }
    return table;
  }

  /** The kernel's sums, where nothing was before. */
  int[] run(int layout, int together, int tile) {
    Guarded y = Guarded.garbage(4 * shape.positions * shape.outputWidth, random);
    return run(layout, together, tile, y, 0);
  }

  /** The kernel's sums, added to {@code before}. */
  int[] runOnto(int[] before, int layout, int together, int tile) {
    return run(layout, together, tile, Guarded.ofInts(before, random), 1);
  }

  private int[] run(int layout, int together, int tile, Guarded y, int onto) {
    byte[][] parts = {
      weights(layout, query, shape.queryWidth()),
      weights(layout, key, shape.headSize),
      weights(layout, value, shape.headSize),
      outputs(layout, together),
      words(queryTable),
      words(keyTable),
      words(valueTable),
      words(units),
      Tables.int16Exponent(shape.positions)
    };
    int size = Arrays.stream(parts).mapToInt(part -> LinearDsp.padded(part.length)).sum();
    Guarded p = Guarded.garbage(SelfAttention.BYTES + size, random);
    int[] offsets = new int[parts.length];
    int at = p.at + SelfAttention.BYTES;
    for (int i = 0; i < parts.length; i++) {
      offsets[i] = at;
      System.arraycopy(parts[i], 0, p.bytes, at, parts[i].length);
      at += LinearDsp.padded(parts[i].length);
    }
    int[] block = {
      shape.heads,
      shape.width,
      shape.queryWidth(),
      shape.headSize,
      together,
      tile,
      layout,
      offsets[0],
      shape.fused ? SelfAttention.FUSED : offsets[1],
      offsets[2],
      offsets[3],
      offsets[4],
      RIGHT,
      offsets[5],
      RIGHT,
      offsets[6],
      RIGHT,
      offsets[7],
      offsets[8],
      shape.outputWidth,
      onto
    };
    System.arraycopy(words(block), 0, p.bytes, p.at, SelfAttention.BYTES);
    Guarded x = Guarded.ofBytes(input, random);
    Guarded scratch = Guarded.garbage(scratchBytes(layout, together, tile), random);
    SelfAttention.rows(
        p.bytes, p.at, x.bytes, x.at, y.bytes, y.at, scratch.bytes, scratch.at, shape.positions);
    y.assertFenceUntouched();
    scratch.assertFenceUntouched();
    return y.ints();
  }

  private int scratchBytes(int layout, int together, int tile) {
    return SelfAttention.scratchBytes(
        shape.positions,
        shape.width,
        shape.queryWidth(),
        shape.headSize,
        shape.outputWidth,
        shape.fused,
        together,
        tile,
        layout);
  }

  /** Each head's rows of {@code matrix}, [outputs × E], as the layout has them. */
  private byte[] weights(int layout, int[] matrix, int outputs) {
    int bytes = WeightLayout.bytes(layout, shape.width, outputs);
    byte[] placed = new byte[bytes * shape.heads];
    for (int i = 0; i < shape.heads * outputs * shape.width; i++) {
      int row = i / shape.width;
      int at = WeightLayout.offset(layout, row % outputs, i % shape.width, shape.width);
      placed[row / outputs * bytes + at] = (byte) matrix[i];
    }
    return placed;
  }

  /** Columns of some heads at a time. */
  private byte[] outputs(int layout, int together) {
    int inner = shape.heads * shape.headSize;
    int full = WeightLayout.bytes(layout, together * shape.headSize, shape.outputWidth);
    byte[] placed = new byte[full * ((shape.heads + together - 1) / together)];
    for (int i = 0; i < output.length; i++) {
      int column = i % inner;
      int group = column / shape.headSize / together;
      int first = group * together * shape.headSize;
      int columns = Math.min(inner - first, together * shape.headSize);
      int at = WeightLayout.offset(layout, i / inner, column - first, columns);
      placed[group * full + at] = (byte) output[i];
    }
    return placed;
  }

  private static byte[] words(int[] values) {
    byte[] bytes = new byte[4 * values.length];
    for (int i = 0; i < values.length; i++) {
      Dsp.store32(bytes, 4 * i, values[i]);
    }
    return bytes;
  }

  /** The sums as they are written down. */
  int[] sums() {
    int inner = shape.heads * shape.headSize;
    int[] sums = new int[shape.positions * shape.outputWidth];
    for (int row = 0; row < shape.positions; row++) {
      for (int head = 0; head < shape.heads; head++) {
        int[] context = context(row, head);
        for (int i = 0; i < context.length; i++) {
          for (int e = 0; e < shape.outputWidth; e++) {
            int weight = output[e * inner + head * shape.headSize + i];
            sums[row * shape.outputWidth + e] += context[i] * weight;
          }
        }
      }
    }
    return sums;
  }

  private int[] context(int row, int head) {
    byte[] table = Tables.int16Exponent(shape.positions);
    int[] products = products(row, head);
    int max = Arrays.stream(products).max().orElseThrow();
    int[] weights =
        Arrays.stream(products)
            .map(product -> (int) Math.min(16383, (long) (max - product) * units[2 * head] >> 32))
            .map(d -> Dsp.loadU16(table, 2 * (d & 1023)) >> (d >> 10))
            .toArray();
    int total = Arrays.stream(weights).sum();
    int unit = Scale.multiply(units[2 * head + 1], Scale.reciprocal(Scale.of(total, 0)));
    return IntStream.range(0, shape.headSize)
        .map(i -> IntStream.range(0, weights.length).map(j -> weights[j] * v(j, head, i)).sum())
        .map(sum -> rounded(sum, unit))
        .toArray();
  }

  private static int rounded(int sum, int unit) {
    int right = -32 - Scale.exponent31(unit);
    long product = (long) sum * Scale.mantissa31(unit) >> 32;
    return saturated((product + (1L << right - 1)) >> right, 127);
  }

  /** A query with every key. */
  private int[] products(int row, int head) {
    int width = shape.queryWidth();
    int[] q =
        IntStream.range(0, width)
            .map(i -> projected(row, head * width + i, query, queryTable, 2047))
            .toArray();
    return IntStream.range(0, shape.positions)
        .map(j -> IntStream.range(0, width).map(i -> q[i] * k(j, head, i)).sum())
        .toArray();
  }

  private int k(int row, int head, int i) {
    return shape.fused
        ? input[row * shape.width + i]
        : projected(row, head * shape.headSize + i, key, keyTable, 127);
  }

  private int v(int row, int head, int i) {
    return projected(row, head * shape.headSize + i, value, valueTable, 127);
  }

  private int projected(int row, int channel, int[] weights, int[] table, int max) {
    long sum = 0;
    for (int e = 0; e < shape.width; e++) {
      sum += (long) weights[channel * shape.width + e] * input[row * shape.width + e];
    }
    return saturated(((sum * table[2 * channel] >> 32) + table[2 * channel + 1]) >> RIGHT, max);
  }

  private static int saturated(long value, int max) {
    return (int) Math.max(-max - 1, Math.min(max, value));
  }

  /** The worst error of a context against softmax in double, in output steps. */
  double contextError() {
    double worst = 0;
    for (int row = 0; row < shape.positions; row++) {
      for (int head = 0; head < shape.heads; head++) {
        int[] context = context(row, head);
        double[] weights = softmax(products(row, head), units[2 * head]);
        for (int i = 0; i < context.length; i++) {
          double exact = 0;
          for (int j = 0; j < weights.length; j++) {
            exact += weights[j] * v(j, head, i);
          }
          exact *= ScaleTest.value(units[2 * head + 1]);
          double clamped = Math.max(-128, Math.min(127, exact));
          worst = Math.max(worst, Math.abs(context[i] - clamped));
        }
      }
    }
    return worst;
  }

  private static double[] softmax(int[] products, int multiplier) {
    int max = Arrays.stream(products).max().orElseThrow();
    double[] weights =
        Arrays.stream(products)
            .mapToDouble(z -> Math.pow(2, ((double) z - max) * multiplier * 0x1p-42))
            .toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }
}

package dunlin.kernels;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Queries, keys and values in fixed point with {@value #FRACTION} fraction bits, the kernel's
 * answer, and the answer in double from the same int8 operands. Rows and positions are one: every
 * position has a query.
 */
final class AttentionCase {
  static final int FRACTION = 16;

  private final CacheLayout layout;
  private final int heads;
  private final int bits;

  /** What one output step is worth. */
  final double step;

  private final Guarded cache;
  private final Random random;
  private final Guarded parameters;
  private final Guarded table;

  AttentionCase(CacheLayout layout, int heads, int bits, double step, Random random) {
    this.layout = layout;
    this.heads = heads;
    this.bits = bits;
    this.step = step;
    this.random = random;
    int[] block = {
      heads,
      layout.kvHeads(),
      layout.headSize(),
      layout.capacity(),
      scale(0x1p10 * scoreUnit()),
      scale(0x1p11 / (127 * step)),
      bits
    };
    parameters = Guarded.ofInts(block, random);
    cache = Guarded.garbage(layout.bytes(), random);
    byte[] exponent = Tables.exponent();
    table = Guarded.garbage(exponent.length, random);
    System.arraycopy(exponent, 0, table.bytes, table.at, exponent.length);
  }

  /** Log2 units of one product of int8 query and int8 key with peaks of one. */
  private double scoreUnit() {
    double perProduct = 1 / Math.log(2) / Math.sqrt(layout.headSize());
    return Math.scalb(perProduct, -2 * FRACTION) / (127 * 127);
  }

  void write(int position, int[] key, int[] value) {
    layout.write(cache, position, key, value, random);
  }

  /** The contexts of {@code queries} from {@code position} on, in one call. */
  int[] attend(int position, int[]... queries) {
    int size = layout.headSize();
    int queryBytes = Attention.queryBytes(heads, size, 1);
    Guarded q = Guarded.garbage(Attention.queryBytes(heads, size, queries.length), random);
    for (int row = 0; row < queries.length; row++) {
      Guarded x = Guarded.ofInts(queries[row], random);
      Attention.query(x.bytes, x.at, q.bytes, q.at + row * queryBytes, heads, size);
    }
    q.assertFenceUntouched();
    int elements = queries.length * heads * size;
    Guarded y = Guarded.garbage(bits > 8 ? 2 * elements : elements, random);
    int group = heads / layout.kvHeads();
    Guarded scratch =
        Guarded.garbage(Attention.scratchBytes(group, size, layout.capacity()), random);
    Attention.rows(
        parameters.bytes,
        parameters.at,
        q.bytes,
        q.at,
        cache.bytes,
        cache.at,
        y.bytes,
        y.at,
        scratch.bytes,
        scratch.at,
        table.bytes,
        table.at,
        position,
        queries.length);
    y.assertFenceUntouched();
    scratch.assertFenceUntouched();
    return bits > 8 ? y.shorts() : y.bytes();
  }

  /** One row's context in output steps, not rounded nor saturated. */
  double[] exact(int position, int[] query) {
    int size = layout.headSize();
    double[] context = new double[heads * size];
    for (int head = 0; head < heads; head++) {
      int kv = head / (heads / layout.kvHeads());
      double[] weights =
          softmax(position + 1, kv, Arrays.copyOfRange(query, head * size, (head + 1) * size));
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= position; j++) {
          context[head * size + i] += weights[j] * layout.value(cache, kv, j, i) / step;
        }
      }
    }
    return context;
  }

  private double[] softmax(int count, int kv, int[] query) {
    int peak = Arrays.stream(query).map(Math::abs).max().orElseThrow();
    int shift = peak == 0 ? 0 : DynamicInt8.shift(peak);
    int multiplier = peak == 0 ? 0 : DynamicInt8.multiplier(peak);
    double[] scores = new double[count];
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < query.length; i++) {
        int q = DynamicInt8.quantise(query[i], shift, multiplier);
        scores[j] += q * layout.key(cache, kv, j, i);
      }
      scores[j] *= 127 * scoreUnit() * peak;
    }
    double max = Arrays.stream(scores).max().orElseThrow();
    double[] weights = Arrays.stream(scores).map(s -> Math.pow(2, s - max)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  /** The worst error of one row, in output steps. */
  double error(int position, int[] query) {
    int[] actual = attend(position, query);
    double[] exact = exact(position, query);
    double bound = 1 << (bits - 1);
    return IntStream.range(0, actual.length)
        .mapToDouble(i -> Math.abs(actual[i] - Math.max(-bound, Math.min(bound - 1, exact[i]))))
        .max()
        .orElseThrow();
  }

  private static int scale(double value) {
    int exponent = Math.getExponent(value) - 30;
    return Scale.of(Math.round(Math.scalb(value, -exponent)), exponent);
  }
}

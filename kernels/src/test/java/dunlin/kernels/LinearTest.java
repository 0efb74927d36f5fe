package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Every weight layout against the sums as they are written down. */
class LinearTest {
  private static final int[] LAYOUTS = {
    WeightLayout.PLAIN, WeightLayout.PACKED, WeightLayout.HELIUM
  };

  /** What the operands of a trial are drawn from. */
  private enum Values {
    RANDOM,
    SPARSE,
    EXTREME,
    LARGEST,
    LEAST;

    /** {@code count} values of the given width in bits. */
    int[] draw(int count, int bits, Random random) {
      int max = (1 << (bits - 1)) - 1;
      return IntStream.generate(
              () ->
                  switch (this) {
                    case RANDOM -> random.nextInt() >> (32 - bits);
                    case SPARSE -> random.nextInt(8) == 0 ? random.nextInt() >> (32 - bits) : 0;
                    case EXTREME -> random.nextBoolean() ? max : ~max;
                    case LARGEST -> max;
                    case LEAST -> ~max;
                  })
          .limit(count)
          .toArray();
    }
  }

  /**
   * A layer and its operands.
   *
   * @param stride elements from an input row to the next
   */
  private record Layer(
      int[] weights, int[] x, int stride, int[] bias, int rows, int inputs, int outputs) {
    int[] sums() {
      return IntStream.range(0, rows * outputs)
          .map(i -> Math.toIntExact(sum(i / outputs, i % outputs)))
          .toArray();
    }

    private long sum(int row, int output) {
      long sum = bias == null ? 0 : bias[output];
      for (int k = 0; k < inputs; k++) {
        sum += (long) weights[output * inputs + k] * x[row * stride + k];
      }
      return sum;
    }

    /** Packed as the Javadoc of {@link LinearDsp} draws it. */
    int[] packed() {
      int groups = (inputs + 3) / 4;
      return IntStream.range(0, LinearDsp.weightBytes(inputs, outputs))
          .map(
              at -> {
                int output = at / (16 * groups) * 4 + at / 4 % 4;
                int input = at / 16 % groups * 4 + at % 4;
                return output < outputs && input < inputs ? weights[output * inputs + input] : 0;
              })
          .toArray();
    }

    /** As the Javadoc of {@link LinearHelium} draws it. */
    int[] padded() {
      int columns = (inputs + 3) / 4 * 4;
      return IntStream.range(0, LinearHelium.weightBytes(inputs, outputs))
          .map(
              at -> {
                int output = at / columns;
                int input = at % columns;
                return output < outputs && input < inputs ? weights[output * inputs + input] : 0;
              })
          .toArray();
    }
  }

  @Property(tries = 800)
  void shouldSumInt8AndInt16(
      @ForAll boolean wide,
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 200) int inputs,
      @ForAll @IntRange(min = 1, max = 250) int stride,
      @ForAll @IntRange(min = 1, max = 70) int outputs,
      @ForAll Values weights,
      @ForAll Values activations,
      @ForAll boolean biased,
      @ForAll Random random) {
    assertSums(wide ? 16 : 8, rows, inputs, stride, outputs, weights, activations, biased, random);
  }

  @Example
  void shouldFillTheAccumulatorToItsBound(@ForAll Random random) {
    // 511 · 128 · 32768 is the most that one weight row of -128 leaves below 2^31.
    assertSums(16, 1, 511, 511, 1, Values.LEAST, Values.LEAST, false, random);
    assertSums(16, 2, 511, 511, 3, Values.LARGEST, Values.LEAST, false, random);
    assertSums(8, 2, 43, 43, 172, Values.LEAST, Values.LEAST, true, random);
    assertSums(8, 1, 1, 1, 1, Values.EXTREME, Values.EXTREME, true, random);
  }

  @Property(tries = 200)
  void shouldPlaceEachWeightWhereTheLayoutSays(
      @ForAll @IntRange(min = 1, max = 50) int inputs,
      @ForAll @IntRange(min = 1, max = 50) int outputs,
      @ForAll Random random) {
    int[] weights = Values.RANDOM.draw(inputs * outputs, 8, random);
    Layer layer = new Layer(weights, null, 0, null, 0, inputs, outputs);
    assertArrayEquals(weights, placed(WeightLayout.PLAIN, layer));
    assertArrayEquals(layer.packed(), placed(WeightLayout.PACKED, layer));
    assertArrayEquals(layer.padded(), placed(WeightLayout.HELIUM, layer));
  }

  private static int[] placed(int layout, Layer layer) {
    int[] placed = new int[WeightLayout.bytes(layout, layer.inputs, layer.outputs)];
    for (int i = 0; i < layer.weights.length; i++) {
      int at = WeightLayout.offset(layout, i / layer.inputs, i % layer.inputs, layer.inputs);
      placed[at] = layer.weights[i];
    }
    return placed;
  }

  @Property
  void shouldExpandBytesAndHalfwordsAlike(@ForAll @Size(min = 1, max = 30) byte[] x) {
    Random random = new Random(x.length);
    int[] values = IntStream.range(0, x.length).map(i -> x[i]).toArray();
    int bytes = LinearDsp.scratchBytes(x.length, 1);
    Guarded narrow = Guarded.ofBytes(values, random);
    Guarded wide = Guarded.ofShorts(values, random);
    Guarded fromNarrow = Guarded.garbage(bytes, random);
    Guarded fromWide = Guarded.garbage(bytes, random);
    LinearDsp.expand(
        false, narrow.bytes, narrow.at, 0, fromNarrow.bytes, fromNarrow.at, 1, x.length);
    LinearDsp.expand(true, wide.bytes, wide.at, 0, fromWide.bytes, fromWide.at, 1, x.length);
    int[] padded = Arrays.copyOf(values, bytes / 2);
    int[] order = {0, 2, 1, 3};
    int[] expected =
        IntStream.range(0, bytes / 2).map(i -> padded[(i & ~3) + order[i & 3]]).toArray();
    assertArrayEquals(expected, fromNarrow.shorts());
    assertArrayEquals(expected, fromWide.shorts());
  }

  private static void assertSums(
      int bits,
      int rows,
      int inputs,
      int stride,
      int outputs,
      Values weights,
      Values activations,
      boolean biased,
      Random random) {
    Layer layer =
        new Layer(
            weights.draw(outputs * inputs, 8, random),
            activations.draw((rows - 1) * stride + inputs, bits, random),
            stride,
            biased ? Values.EXTREME.draw(outputs, 31, random) : null,
            rows,
            inputs,
            outputs);
    int[] expected = layer.sums();
    assertArrayEquals(expected, plain(layer, bits, random));
    assertArrayEquals(expected, dsp(layer, bits, random));
    for (int layout : LAYOUTS) {
      assertArrayEquals(expected, laidOut(layout, layer, bits, random));
    }
  }

  private static int[] plain(Layer layer, int bits, Random random) {
    Guarded w = Guarded.ofBytes(layer.weights, random);
    Guarded x = activations(layer, bits, random);
    Guarded bias = bias(layer, random);
    Guarded y = Guarded.garbage(4 * layer.rows * layer.outputs, random);
    byte[] b = layer.bias == null ? null : bias.bytes;
    boolean wide = bits > 8;
    LinearPlain.rows(
        w.bytes,
        w.at,
        x.bytes,
        x.at,
        wide,
        rowBytes(layer, bits),
        b,
        bias.at,
        y.bytes,
        y.at,
        layer.rows,
        layer.inputs,
        layer.outputs);
    y.assertFenceUntouched();
    return y.ints();
  }

  /** By the kernel that is the layout's. */
  private static int[] laidOut(int layout, Layer layer, int bits, Random random) {
    int rows = layer.rows;
    int outputs = layer.outputs;
    int stride = rowBytes(layer, bits);
    Guarded w = Guarded.ofBytes(placed(layout, layer), random);
    Guarded x =
        layout == WeightLayout.PACKED
            ? expanded(layer, bits, random)
            : activations(layer, bits, random);
    Guarded y = Guarded.garbage(4 * rows * outputs, random);
    Linear.sums(
        layout,
        w.bytes,
        w.at,
        x.bytes,
        x.at,
        bits > 8,
        stride,
        y.bytes,
        y.at,
        rows,
        layer.inputs,
        outputs);
    Guarded bias = bias(layer, random);
    Sums.addBias(layer.bias == null ? null : bias.bytes, bias.at, y.bytes, y.at, rows, outputs);
    y.assertFenceUntouched();
    return y.ints();
  }

  private static int[] dsp(Layer layer, int bits, Random random) {
    Guarded w = Guarded.ofBytes(layer.packed(), random);
    Guarded s = expanded(layer, bits, random);
    Guarded bias = bias(layer, random);
    Guarded y = Guarded.garbage(4 * layer.rows * layer.outputs, random);
    byte[] b = layer.bias == null ? null : bias.bytes;
    int rows = layer.rows;
    int inputs = layer.inputs;
    LinearDsp.rows(
        w.bytes, w.at, s.bytes, s.at, b, bias.at, y.bytes, y.at, rows, inputs, layer.outputs);
    y.assertFenceUntouched();
    return y.ints();
  }

  private static Guarded expanded(Layer layer, int bits, Random random) {
    int rows = layer.rows;
    int inputs = layer.inputs;
    int stride = rowBytes(layer, bits);
    Guarded x = activations(layer, bits, random);
    Guarded s = Guarded.garbage(LinearDsp.scratchBytes(inputs, rows), random);
    LinearDsp.expand(bits > 8, x.bytes, x.at, stride, s.bytes, s.at, rows, inputs);
    s.assertFenceUntouched();
    return s;
  }

  private static int rowBytes(Layer layer, int bits) {
    return layer.stride * bits / 8;
  }

  private static Guarded activations(Layer layer, int bits, Random random) {
    return bits == 8 ? Guarded.ofBytes(layer.x, random) : Guarded.ofShorts(layer.x, random);
  }

  private static Guarded bias(Layer layer, Random random) {
    return Guarded.ofInts(layer.bias == null ? new int[0] : layer.bias, random);
  }
}

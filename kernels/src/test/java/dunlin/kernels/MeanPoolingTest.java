package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MeanPoolingTest {
  private static final int RIGHT = 6;

  @Property(tries = 1000)
  void shouldTakeTheMeanOfEachChannel(
      @ForAll @IntRange(min = 1, max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 4, max = 31) int bits,
      @ForAll boolean wantsMean,
      @ForAll boolean wantsOutput,
      @ForAll Random random) {
    int[] x = random.ints((long) rows * width).map(v -> v >> 32 - bits).toArray();
    Guarded p = Guarded.garbage(MeanPooling.BYTES + width * Affine.BYTES, random);
    int table = p.at + MeanPooling.BYTES;
    int[] block = {width, Scales.of(1.0 / rows), table, RIGHT};
    for (int i = 0; i < block.length; i++) {
      Dsp.store32(p.bytes, p.at + 4 * i, block[i]);
    }
    double step = Math.scalb(1.0, bits - 7); // of int8
    int[] addends = random.ints(width, -40 << RIGHT, 40 << RIGHT).toArray();
    for (int c = 0; c < width; c++) {
      int multiplier = (int) Math.min(Integer.MAX_VALUE, Math.scalb(1 / step, 32 + RIGHT));
      Dsp.store32(p.bytes, table + 8 * c, multiplier);
      Dsp.store32(p.bytes, table + 8 * c + 4, addends[c] + (1 << RIGHT - 1));
    }
    Guarded in = Guarded.ofInts(x, random);
    Guarded mean = Guarded.garbage(wantsMean ? 4 * width : 0, random);
    Guarded out = Guarded.garbage(wantsOutput ? width : 0, random);
    MeanPooling.pool(
        p.bytes,
        p.at,
        in.bytes,
        in.at,
        wantsOutput ? out.bytes : null,
        out.at,
        wantsMean ? mean.bytes : null,
        mean.at,
        rows);
    mean.assertFenceUntouched();
    out.assertFenceUntouched();
    double[] exact =
        IntStream.range(0, width)
            .mapToDouble(
                c ->
                    IntStream.range(0, rows)
                        .mapToDouble(r -> x[r * width + c])
                        .average()
                        .orElseThrow())
            .toArray();
    double worst = 0.5 + Math.scalb(1.0, bits - 23);
    for (int c = 0; c < width && wantsMean; c++) {
      assertEquals(exact[c], mean.ints()[c], worst);
    }
    for (int c = 0; c < width && wantsOutput; c++) {
      double multiplier = Math.scalb((double) Dsp.load32(p.bytes, table + 8 * c), -32 - RIGHT);
      double value = exact[c] * multiplier + Math.scalb((double) addends[c], -RIGHT);
      double clamped = Math.max(-128, Math.min(127, value));
      assertEquals(clamped, out.bytes()[c], 0.51 + worst * multiplier);
    }
    assertArrayEquals(x, in.ints());
  }
}

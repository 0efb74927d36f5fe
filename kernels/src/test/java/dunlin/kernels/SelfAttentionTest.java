package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.kernels.SelfAttentionCase.Shape;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SelfAttentionTest {
  @Property(tries = 300)
  void shouldGiveTheBitsOfItsSpecificationHoweverItIsTiledAndWeightsLie(
      @ForAll @IntRange(min = 1, max = 14) int positions,
      @ForAll @IntRange(min = 1, max = 14) int width,
      @ForAll @IntRange(min = 1, max = 5) int heads,
      @ForAll @IntRange(min = 1, max = 10) int headSize,
      @ForAll @IntRange(min = 1, max = 20) int outputWidth,
      @ForAll boolean fused,
      @ForAll @IntRange(min = 0, max = 2) int layout,
      @ForAll @IntRange(min = 1, max = 5) int together,
      @ForAll @IntRange(min = 1, max = 14) int tile,
      @ForAll Random random) {
    int embedding = fused ? LinearDsp.padded(width) : width;
    Shape shape = new Shape(positions, embedding, heads, headSize, outputWidth, fused);
    SelfAttentionCase attention = new SelfAttentionCase(shape, 4, random);
    int[] expected = attention.sums();
    int g = Math.min(heads, together);
    int x = Math.min(positions, tile);
    assertArrayEquals(expected, attention.run(layout, g, x));
    int[] before = random.ints(expected.length).toArray();
    int[] onto = IntStream.range(0, before.length).map(i -> before[i] + expected[i]).toArray();
    assertArrayEquals(onto, attention.runOnto(before, layout, g, x));
  }

  @Example
  void shouldGiveTheBitsOfItsSpecificationInTheNetworksOfThePaper(@ForAll Random random) {
    for (boolean fused : new boolean[] {false, true}) {
      for (Shape shape :
          new Shape[] {
            new Shape(4, 32, 8, 32, fused),
            new Shape(81, 32, 8, 32, fused),
            new Shape(66, 16, 8, 2, fused)
          }) {
        SelfAttentionCase attention = new SelfAttentionCase(shape, 4, random);
        assertArrayEquals(attention.sums(), attention.run(WeightLayout.PACKED, 1, 2));
      }
    }
  }

  @Property(tries = 100)
  void shouldStayNearSoftmaxInDouble(
      @ForAll @IntRange(min = 1, max = 100) int positions,
      @ForAll @IntRange(min = 1, max = 60) int spread,
      @ForAll Random random) {
    Shape shape = new Shape(positions, 16, 2, 8, false);
    double error = new SelfAttentionCase(shape, spread / 10.0, random).contextError();
    double largest = 128 * SelfAttentionCase.LARGEST_UNIT;
    double worst = 0.5 + largest * (7e-4 + positions / 32767.0);
    assertTrue(error <= worst, "error " + error + ", not " + worst);
  }

  @Example
  void shouldSumToNothingWithoutHeads() {
    byte[] p = new byte[SelfAttention.BYTES];
    Dsp.store32(p, SelfAttention.OUTPUT_WIDTH, 3);
    byte[] y = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    SelfAttention.rows(p, 0, new byte[3], 0, y, 0, new byte[0], 0, 1);
    assertArrayEquals(new byte[12], y);
  }

  @Example
  void shouldLeaveSumsAloneWithoutHeads() {
    byte[] p = new byte[SelfAttention.BYTES];
    Dsp.store32(p, SelfAttention.OUTPUT_WIDTH, 1);
    Dsp.store32(p, SelfAttention.ONTO, 1);
    byte[] y = {1, 2, 3, 4};
    SelfAttention.rows(p, 0, new byte[3], 0, y, 0, new byte[0], 0, 1);
    assertArrayEquals(new byte[] {1, 2, 3, 4}, y);
  }

  @Example
  void shouldNeedLeastScratchDepthFirst() {
    int whole = SelfAttention.scratchBytes(81, 32, 32, 32, 32, false, 8, 81, WeightLayout.PACKED);
    int depthFirst =
        SelfAttention.scratchBytes(81, 32, 32, 32, 32, false, 1, 2, WeightLayout.PACKED);
    int head = 84 * 32;
    int row = 2 * 32 + 4 * 84 + 4 * 32 + 4;
    assertEquals(48 + 16 * head + 81 * (row + 2 * 256), whole);
    assertEquals(48 + 2 * head + 2 * (row + 2 * 32), depthFirst);
  }
}

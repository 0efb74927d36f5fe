package dunlin.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotaryTest {
  private static final double WORST_SINE = 3.2e-5;
  private final byte[] sine = Tables.sine();
  private final Random random = new Random(1);

  @Test
  void shouldFollowTheSineAllAround() {
    double worst = 0;
    for (int i = 0; i < 1 << 23; i++) {
      int turn = (i << 9) + (i & 511);
      double exact = Math.sin(Math.PI * Math.scalb((double) turn, -31));
      worst = Math.max(worst, Math.abs(Rotary.sine(sine, 0, turn) / 32768.0 - exact));
    }
    assertEquals(0, worst, WORST_SINE);
  }

  @Test
  void shouldGiveTheAnglesOfAnyPosition() {
    for (int headSize : new int[] {2, 6, 8, 64, 128}) {
      double theta = headSize == 128 ? 500_000 : 10_000;
      byte[] frequencies = Tables.frequencies(headSize, theta);
      for (int position = 0; position < 65_536; position += headSize * 3 - 1) {
        Guarded angles = Guarded.garbage(Rotary.angleBytes(headSize, 2), random);
        Rotary.angles(sine, 0, frequencies, 0, angles.bytes, angles.at, position, 2, headSize);
        angles.assertFenceUntouched();
        int[] pairs = angles.shorts();
        for (int i = 0; i < pairs.length; i += 2) {
          int row = i / headSize;
          double angle = (position + row) * Math.pow(theta, -(double) (i % headSize) / headSize);
          double worst = WORST_SINE + 2 * Math.PI * Math.scalb((double) position + row, -33);
          assertEquals(Math.cos(angle), pairs[i] / 32768.0, worst);
          assertEquals(Math.sin(angle), pairs[i + 1] / 32768.0, worst);
        }
      }
    }
  }

  @Test
  void shouldTurnNeighbouringPairsAndHalveThem() {
    int heads = 3;
    int headSize = 6;
    for (int trial = 0; trial < 100_000; trial++) {
      int bits = 2 + random.nextInt(29);
      int[] x = random.ints(18).map(v -> v >> (31 - bits)).toArray();
      x[random.nextInt(x.length)] = trial % 2 == 0 ? (1 << bits) - 1 : -(1 << bits);
      int[] angles = angles(headSize / 2);
      Guarded values = Guarded.ofInts(x, random);
      Guarded pairs = Guarded.ofShorts(angles, random);
      Rotary.turn(values.bytes, values.at, pairs.bytes, pairs.at, heads, headSize);
      values.assertFenceUntouched();
      int[] y = values.ints();
      for (int i = 0; i < x.length; i += 2) {
        double cos = angles[i % headSize] / 65536.0;
        double sin = angles[i % headSize + 1] / 65536.0;
        assertEquals(x[i] * cos - x[i + 1] * sin, y[i], 1);
        assertEquals(x[i] * sin + x[i + 1] * cos - 1, y[i + 1], 1);
      }
    }
  }

  private int[] angles(int pairs) {
    return IntStream.range(0, pairs)
        .flatMap(
            i -> {
              int turn = random.nextInt(8) == 0 ? random.nextInt(8) << 29 : random.nextInt();
              return IntStream.of(
                  Rotary.sine(sine, 0, turn + (1 << 30)), Rotary.sine(sine, 0, turn));
            })
        .toArray();
  }
}

package dunlin.kernels;

import static dunlin.kernels.Draw.AT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private static final Draw DRAW = new Draw(0x0123456789abcdefL, 42, 3 << 16);

  @Test
  void shouldBeTheSameInWhateverOrderTokensAreVisited() {
    byte[] noise = DRAW.begin();
    new SplittableRandom(5)
        .ints(10_000, 0, 64)
        .forEach(token -> assertEquals(DRAW.value(7, token), add(7, token, noise)));
  }

  @Test
  void shouldForgetTheBlockOfThePreviousDraw() {
    byte[] noise = DRAW.begin();
    int before = add(0, 3, noise);
    Draw next = new Draw(DRAW.seed(), DRAW.position() + 1, DRAW.temperature());
    Noise.begin(noise, AT, (int) next.seed(), (int) (next.seed() >>> 32), next.position(), 3 << 16);

    assertEquals(next.value(0, 3), add(0, 3, noise));
    assertNotEquals(before, add(0, 3, noise));
  }

  @Test
  void shouldDependOnEveryWordOfSeedPositionAndToken() {
    int value = DRAW.value(0, 9);
    assertNotEquals(value, add(0, 8, DRAW.begin()));
    assertNotEquals(value, add(0, 9, new Draw(DRAW.seed() + 1, 42, 3 << 16).begin()));
    assertNotEquals(value, add(0, 9, new Draw(DRAW.seed() + (1L << 32), 42, 3 << 16).begin()));
    assertNotEquals(value, add(0, 9, new Draw(DRAW.seed(), 43, 3 << 16).begin()));
  }

  @Test
  void shouldBeBelowWhatIsWantedExactlyWhereTheSumIs() {
    byte[] noise = DRAW.begin();
    for (int token = 0; token < 10_000; token++) {
      int sum = DRAW.value(0, token);
      for (int wanted = sum - 1; wanted <= sum + 1; wanted++) {
        int result = Noise.add(0, token, wanted, noise, AT, Draw.TABLE, AT);
        assertEquals(sum < wanted, result < wanted);
        assertEquals(sum >= wanted ? sum : result, result);
      }
    }
  }

  private static int add(int logit, int token, byte[] noise) {
    return Noise.add(logit, token, Integer.MIN_VALUE, noise, AT, Draw.TABLE, AT);
  }
}

package dunlin.kernels;

import static dunlin.kernels.Draw.AT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.kernels.Draw.Pick;
import dunlin.kernels.Vocabulary.Slice;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Vocabulary.Domain.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // the domain has its own
class ArgMaxTest {
  @Property
  void shouldFindTheLargestLogitAndTheLowestOfEquals(@ForAll Vocabulary vocabulary) {
    assertEquals(vocabulary.ranked().findFirst().orElseThrow(), greedy(vocabulary.whole()));
  }

  @Property
  void shouldFindTheSameLargestLogitForAnySlices(
      @ForAll Vocabulary vocabulary, @ForAll Random random) {
    byte[] best = new byte[AT + Candidate.BYTES];
    Candidate.storeNone(best, AT);
    for (Slice slice : vocabulary.slices(random)) {
      merge(best, greedy(slice));
    }
    assertEquals(greedy(vocabulary.whole()), Pick.at(best, AT));
  }

  @Property
  void shouldSkipNoTokenThatCouldBeDrawn(@ForAll Vocabulary vocabulary, @ForAll Draw draw) {
    assertEquals(
        draw.best(vocabulary.logits(), vocabulary.tokens()), sample(vocabulary.whole(), draw));
  }

  @Property
  void shouldDrawTheSameTokenForAnySlices(
      @ForAll Vocabulary vocabulary, @ForAll Draw draw, @ForAll Random random) {
    byte[] best = new byte[AT + Candidate.BYTES];
    Candidate.storeNone(best, AT);
    for (Slice slice : vocabulary.slices(random)) {
      merge(best, sample(slice, draw));
    }
    assertEquals(sample(vocabulary.whole(), draw), Pick.at(best, AT));
  }

  @Property
  void shouldBeGreedyAtTemperatureZero(
      @ForAll Vocabulary vocabulary, @ForAll long seed, @ForAll int position) {
    Slice whole = vocabulary.whole();
    assertEquals(greedy(whole), sample(whole, new Draw(seed, position, 0)));
  }

  @Example
  void shouldSaturateRatherThanWrap() {
    Vocabulary top = new Vocabulary(new int[] {0, Integer.MAX_VALUE, Integer.MAX_VALUE - 1});
    for (int position = 0; position < 100; position++) {
      Draw draw = new Draw(1, position, 1 << 16);
      assertEquals(draw.best(top.logits(), top.tokens()), sample(top.whole(), draw));
    }
  }

  /** Seed 1 at this position gives token 1 the word 0xfffffff7: noise of 20.04. */
  @Example
  void shouldDrawATokenFarBehindWhenItsNoiseReachesThatFar() {
    Vocabulary vocabulary = new Vocabulary(new int[] {20 << 16, 0});
    assertEquals(1, sample(vocabulary.whole(), new Draw(1, 154419382, 1 << 16)).token());
  }

  private static Pick greedy(Slice slice) {
    byte[] best = new byte[AT + Candidate.BYTES];
    ArgMax.greedy(slice.logits(), AT, slice.count(), slice.first(), best, AT);
    return Pick.at(best, AT);
  }

  private static Pick sample(Slice slice, Draw draw) {
    byte[] best = new byte[AT + Candidate.BYTES];
    ArgMax.sample(
        slice.logits(),
        AT,
        slice.count(),
        slice.first(),
        draw.begin(),
        AT,
        Draw.TABLE,
        AT,
        best,
        AT);
    return Pick.at(best, AT);
  }

  private static void merge(byte[] best, Pick other) {
    byte[] region = new byte[AT + Candidate.BYTES];
    Candidate.store(region, AT, other.value(), other.token());
    Candidate.merge(best, AT, region, AT);
  }
}

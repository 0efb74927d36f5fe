package dunlin.kernels;

import static dunlin.kernels.Draw.AT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.kernels.Draw.Pick;
import dunlin.kernels.Vocabulary.Slice;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Vocabulary.Domain.class)
@Domain(DomainContext.Global.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // the domain has its own
class TopKTest {
  @Property
  void shouldListTheLargestLogitsBestFirst(
      @ForAll Vocabulary vocabulary, @ForAll @IntRange(min = 1, max = 256) int k) {
    Pick none = new Pick(Integer.MIN_VALUE, Candidate.NONE);
    List<Pick> expected =
        Stream.concat(vocabulary.ranked(), Stream.generate(() -> none)).limit(k).toList();

    byte[] list = select(vocabulary.whole(), k);

    assertEquals(expected, IntStream.range(0, k).mapToObj(i -> Pick.at(list, AT + 8 * i)).toList());
  }

  @Property
  void shouldListTheSameForAnySlicesMergedInAnyParts(
      @ForAll Vocabulary vocabulary,
      @ForAll @IntRange(min = 1, max = 256) int k,
      @ForAll @IntRange(min = 1, max = 32) int part,
      @ForAll Random random) {
    List<Slice> slices = vocabulary.slices(random);
    byte[] list = select(slices.get(0), k);
    for (Slice slice : slices.subList(1, slices.size())) {
      byte[] other = select(slice, k);
      for (int i = 0; i < k; i += part) {
        TopK.merge(list, AT, k, other, AT + i * Candidate.BYTES, Math.min(part, k - i));
      }
    }
    assertArrayEquals(select(vocabulary.whole(), k), list);
  }

  @Property
  void shouldDrawTheBestOfTheListedTokensWithNoise(
      @ForAll Vocabulary vocabulary,
      @ForAll Draw draw,
      @ForAll @IntRange(min = 1, max = 256) int k) {
    assertEquals(
        draw.best(vocabulary.logits(), vocabulary.ranked().limit(k).mapToInt(Pick::token)),
        sample(select(vocabulary.whole(), k), k, draw));
  }

  @Property
  void shouldDrawAsWithoutTopKWhenEveryTokenIsListed(
      @ForAll Vocabulary vocabulary, @ForAll Draw draw) {
    int k = vocabulary.size();
    assertEquals(
        draw.best(vocabulary.logits(), vocabulary.tokens()),
        sample(select(vocabulary.whole(), k), k, draw));
  }

  private static byte[] select(Slice slice, int k) {
    byte[] list = new byte[AT + TopK.scratchBytes(k)];
    TopK.select(slice.logits(), AT, slice.count(), slice.first(), k, list, AT);
    return list;
  }

  private static Pick sample(byte[] list, int k, Draw draw) {
    byte[] best = new byte[AT + Candidate.BYTES];
    TopK.sample(list, AT, k, draw.begin(), AT, Draw.TABLE, AT, best, AT);
    return Pick.at(best, AT);
  }
}

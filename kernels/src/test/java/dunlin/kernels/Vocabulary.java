package dunlin.kernels;

import static dunlin.kernels.Draw.AT;
import static java.lang.Integer.MAX_VALUE;
import static java.lang.Integer.MIN_VALUE;

import dunlin.kernels.Draw.Pick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Logits of a whole vocabulary, and slices of it as nodes hold them. */
record Vocabulary(int[] logits) {
  /** Tokens first to first + count - 1, their logits at {@link Draw#AT}. */
  record Slice(byte[] logits, int count, int first) {}

  int size() {
    return logits.length;
  }

  IntStream tokens() {
    return IntStream.range(0, size());
  }

  /** All tokens with their logits, the best first. */
  Stream<Pick> ranked() {
    return tokens().mapToObj(token -> new Pick(logits[token], token)).sorted(Pick.BEST_FIRST);
  }

  Slice whole() {
    return slice(0, size());
  }

  /** Slices between random cuts, in random order. */
  List<Slice> slices(Random random) {
    TreeSet<Integer> cuts = new TreeSet<>(List.of(0, size()));
    random.ints(random.nextInt(6), 0, size()).forEach(cuts::add);
    List<Slice> slices = new ArrayList<>();
    for (int first : cuts.headSet(size())) {
      slices.add(slice(first, cuts.higher(first)));
    }
    Collections.shuffle(slices, random);
    return slices;
  }

  private Slice slice(int first, int end) {
    byte[] region = new byte[AT + 4 * (end - first)];
    for (int token = first; token < end; token++) {
      Dsp.store32(region, AT + 4 * (token - first), logits[token]);
    }
    return new Slice(region, end - first, first);
  }

  /**
   * Vocabularies and draws: many ties, logits as models give them, the ends of the range, any ints
   * at all.
   */
  static final class Domain extends DomainContextBase {
    @Provide
    Arbitrary<Vocabulary> vocabularies() {
      Arbitrary<Integer> ties = Arbitraries.integers().between(-2, 2);
      Arbitrary<Integer> usual = Arbitraries.integers().between(-20 << 16, 20 << 16);
      Arbitrary<Integer> extreme =
          Arbitraries.of(MIN_VALUE, MIN_VALUE + 1, -(1 << 30), 0, MAX_VALUE - 1, MAX_VALUE);
      return Arbitraries.oneOf(
              Stream.of(ties, usual, extreme, Arbitraries.integers())
                  .map(logit -> logit.array(int[].class).ofMinSize(1).ofMaxSize(150))
                  .toList())
          .map(Vocabulary::new);
    }

    @Provide
    Arbitrary<Draw> draws() {
      Arbitrary<Integer> temperature =
          Arbitraries.oneOf(
              Arbitraries.of(0, 1, 1 << 15, 1 << 16, 1 << 17, Noise.MAX_TEMPERATURE),
              Arbitraries.integers().between(0, Noise.MAX_TEMPERATURE));
      return Combinators.combine(
              Arbitraries.longs(), Arbitraries.integers().greaterOrEqual(0), temperature)
          .as(Draw::new);
    }
  }
}

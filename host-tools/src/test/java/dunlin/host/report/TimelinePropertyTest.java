package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.forecast.Span;
import dunlin.host.report.Timeline.Bar;
import dunlin.host.time.Phase;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TimelinePropertyTest {
  /** An op, the gap before it and how long it takes. */
  private record Work(int op, int gap, int nanos) {}

  @Provide
  Arbitrary<List<Span>> spans() {
    return Combinators.combine(
            Arbitraries.integers().between(-1, 3),
            Arbitraries.integers().between(0, 50),
            Arbitraries.integers().between(1, 50))
        .as(Work::new)
        .list()
        .ofMaxSize(60)
        .map(TimelinePropertyTest::spans);
  }

  private static List<Span> spans(List<Work> all) {
    List<Span> spans = new ArrayList<>();
    long now = 0;
    for (Work work : all) {
      now += work.gap();
      spans.add(new Span(work.op(), Phase.COMPUTE, now, work.nanos()));
      now += work.nanos();
    }
    return spans;
  }

  @Property
  void shouldKeepAllTheTimeInBarsThatDoNotOverlap(
      @ForAll("spans") List<Span> spans, @ForAll @IntRange(min = 1, max = 60) int resolution) {
    List<Bar> bars = Timeline.bars(spans, resolution);
    assertEquals(
        spans.stream().mapToLong(Span::nanos).sum(), bars.stream().mapToLong(Bar::busy).sum());
    long end = 0;
    for (Bar bar : bars) {
      assertTrue(bar.from() >= end, bars.toString());
      assertTrue(bar.share() > 0 && bar.share() <= 1, bars.toString());
      end = bar.end();
    }
  }

  @Property
  void shouldDrawNoMoreBarsThanAPictureCanShow(
      @ForAll("spans") List<Span> spans, @ForAll @IntRange(min = 1, max = 60) int resolution) {
    List<Bar> bars = Timeline.bars(spans, resolution);
    long whole = bars.isEmpty() ? 0 : bars.get(bars.size() - 1).end();
    assertTrue(bars.size() <= 1 + 2 * whole / resolution, bars.toString());
  }

  @Example
  void shouldTellLongOpsApart() {
    List<Span> spans =
        List.of(new Span(0, Phase.COMPUTE, 0, 100), new Span(1, Phase.COMPUTE, 100, 200));
    assertEquals(
        List.of(new Bar(0, 0, 100, 100), new Bar(1, 100, 300, 200)), Timeline.bars(spans, 10));
  }

  @Example
  void shouldDrawBytesThatComeOneByOneAsOneBar() {
    List<Span> bytes = spans(List.of(new Work(2, 5, 1), new Work(2, 2, 1), new Work(2, 2, 1)));
    assertEquals(List.of(new Bar(2, 5, 12, 3)), Timeline.bars(bytes, 10));
  }

  @Example
  void shouldNameABarForTheOpThatTakesMostOfIt() {
    List<Span> spans = spans(List.of(new Work(0, 0, 2), new Work(1, 0, 7), new Work(0, 0, 3)));
    assertEquals(1, Timeline.bars(spans, 10).get(0).op());
  }
}

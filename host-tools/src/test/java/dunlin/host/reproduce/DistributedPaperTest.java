package dunlin.host.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is claimed of arXiv 2412.04372 in docs/papers.md. */
@Tag("slow")
class DistributedPaperTest {
  private static final Experiment TINY = Experiment.of(DistributedPaper.shape(8, 256), 128);
  private static final Experiment SCALED = Experiment.of(DistributedPaper.shape(64, 256), 128);

  @Test
  void shouldTakeOnOneChipWhatFollowsFromThePaper() {
    Run run = TINY.block(Setting.papers(1));
    assertEquals(14.09, run.millis(), 0.005 * 14.09);
    assertEquals(0.667, run.millijoules(), 0.005 * 0.667);
  }

  @Test
  void shouldMeetThePaperOnEightChips() {
    List<Figure> figures = BlockFigures.of("", TINY.block(Setting.papers(8)));
    assertEquals(1, ratio(figures, "speed-up"), 0.05);
    assertEquals(1, ratio(figures, "energy, mJ"), 0.1);
    assertEquals(1, ratio(figures, "gain in energy × delay"), 0.1);
  }

  @Test
  void shouldPredictThePaperOnSixtyFourChips() {
    List<Figure> figures = BlockFigures.ofScaled("", SCALED.block(Setting.papers(64)));
    assertEquals(1, ratio(figures, "speed-up"), 0.15);
  }

  @Test
  void shouldBeatThePaperOnEightChips() {
    List<Figure> figures = BlockFigures.of("", TINY.best(8, Accounting.PAPER));
    assertTrue(ratio(figures, "speed-up") > 1.05);
    assertTrue(ratio(figures, "energy, mJ") < 0.95);
    assertTrue(ratio(figures, "gain in energy × delay") > 1.1);
  }

  @Test
  void shouldBeatThePaperOnSixtyFourChips() {
    List<Figure> figures = BlockFigures.ofScaled("", SCALED.best(64, Accounting.PAPER));
    assertTrue(ratio(figures, "speed-up") > 1.3);
  }

  /** Counted honestly, the channel from L3 is what eight chips wait for. */
  @Test
  void shouldCountWhatTheChannelTakes() {
    double counted = TINY.block(Setting.usual(8, Accounting.HONEST)).millis();
    double free = TINY.block(Setting.usual(8, Accounting.PAPER)).millis();
    assertTrue(counted > 2 * free, counted + " ms, " + free + " ms");
  }

  private static double ratio(List<Figure> figures, String figure) {
    return figures.stream()
        .filter(candidate -> candidate.figure().equals(figure))
        .findFirst()
        .orElseThrow()
        .ratio();
  }
}

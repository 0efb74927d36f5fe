package dunlin.host.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is claimed of MobileBERT on flocks in docs/papers.md. */
class EncoderFiguresTest {
  private static final List<Integer> CHIPS = List.of(1, 2, 4);

  private static final List<Figure> BLOCK = EncoderFigures.ofBlock();

  @Test
  void shouldTakeLessTimeForThePapersBlockOnMoreChips() {
    assertEquals(19, BLOCK.size());
    assertFallsOverChips(named(counted(Accounting.PAPER), "latency, ms"), 114.0, 62.5, 41.1);
    assertFallsOverChips(named(counted(Accounting.HONEST), "latency, ms"), 114.0, 62.2, 36.5);
    assertFigures(named(counted(Accounting.HONEST), "energy, mJ"), 11.5, 11.8, 12.4);
  }

  /** Nothing was fitted to it. */
  @Test
  void shouldPredictThePapersBlockOnFourChips() {
    Figure four = named(counted(Accounting.PAPER), "latency, ms").get(2);
    assertEquals(38.8, four.paper());
    assertEquals(1, four.ratio(), 0.1);
  }

  /** One chip of the paper's fetches weights again, so four of them gain more. */
  @Test
  void shouldTakeLessTimeThanThePaperOnOneChip() {
    assertEquals(68.3, extra(named(counted(Accounting.PAPER), "latency, ms").get(0)), 0.5);
    assertEquals(2.78, named(counted(Accounting.PAPER), "speed-up").get(2).dunlin(), 0.01);
  }

  private static double extra(Figure figure) {
    return figure.paper() - figure.dunlin();
  }

  @Test
  void shouldCountSynchronisations() {
    Figure count = named(BLOCK, "synchronisations a block").get(0);
    assertEquals(2, count.dunlin());
    assertEquals(Basis.COUNTED, count.basis());
  }

  @Test
  @Tag("slow")
  void shouldTakeLessTimeForTheWholeModelOnMoreChips() {
    List<Figure> figures = EncoderFigures.ofWholeModel();
    assertEquals(13, figures.size());
    assertFallsOverChips(named(figures, "ms an input"), 1744, 1005, 619);
    assertFallsOverChips(named(figures, "ms a block"), 72.1, 41.3, 25.2);
    assertFigures(named(figures, "mJ an input"), 177, 186, 203);
    assertEquals(6, named(figures, "synchronisations a block").get(0).dunlin());
  }

  private static List<Figure> counted(Accounting accounting) {
    return BLOCK.stream().filter(figure -> figure.accounting() == accounting).toList();
  }

  private static List<Figure> named(List<Figure> figures, String quantity) {
    return figures.stream().filter(figure -> figure.quantity().equals(quantity)).toList();
  }

  private static void assertFallsOverChips(List<Figure> figures, double... documented) {
    assertEquals(CHIPS, figures.stream().map(Figure::chips).toList());
    for (int i = 1; i < figures.size(); i++) {
      assertTrue(figures.get(i).dunlin() < figures.get(i - 1).dunlin(), figures.toString());
    }
    assertFigures(figures, documented);
  }

  private static void assertFigures(List<Figure> figures, double... documented) {
    for (int i = 0; i < documented.length; i++) {
      assertEquals(documented[i], figures.get(i).dunlin(), 0.005 * documented[i]);
    }
  }
}

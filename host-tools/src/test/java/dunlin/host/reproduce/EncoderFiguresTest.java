package dunlin.host.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is claimed of MobileBERT on flocks in docs/papers.md. */
class EncoderFiguresTest {
  private static final List<Integer> CHIPS = List.of(1, 2, 4);

  @Test
  void shouldTakeLessTimeForThePapersBlockOnMoreChips() {
    List<Figure> figures = EncoderFigures.ofBlock();
    assertEquals(19, figures.size());
    for (Accounting accounting : Accounting.values()) {
      List<Figure> counted =
          figures.stream().filter(figure -> figure.accounting() == accounting).toList();
      assertFallsOverChips(named(counted, "latency, ms"));
    }
    assertEquals(2, named(figures, "synchronisations a block").get(0).dunlin());
  }

  @Test
  @Tag("slow")
  void shouldTakeLessTimeForTheWholeModelOnMoreChips() {
    List<Figure> figures = EncoderFigures.ofWholeModel();
    assertEquals(13, figures.size());
    assertFallsOverChips(named(figures, "ms an input"));
    assertFallsOverChips(named(figures, "ms a block"));
    assertEquals(6, named(figures, "synchronisations a block").get(0).dunlin());
  }

  /** The table lacks attention and norms: a ratio to the paper's would mean nothing. */
  @Test
  void shouldClaimNothingBesideThePaper() {
    EncoderFigures.ofBlock()
        .forEach(
            figure -> {
              assertNull(figure.paper(), figure.figure());
              assertTrue(figure.subject().endsWith("attention and norms free"), figure.figure());
            });
  }

  private static List<Figure> named(List<Figure> figures, String quantity) {
    return figures.stream().filter(figure -> figure.quantity().equals(quantity)).toList();
  }

  private static void assertFallsOverChips(List<Figure> figures) {
    assertEquals(CHIPS, figures.stream().map(Figure::chips).toList());
    for (int i = 1; i < figures.size(); i++) {
      assertTrue(figures.get(i).dunlin() < figures.get(i - 1).dunlin(), figures.toString());
    }
  }
}

package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PaperPageTest {
  private final Document page = WellFormed.parsed(SmallPaper.page());

  @Test
  void shouldHaveASectionForEachModelOfWhichThereIsACurve() {
    assertEquals(
        List.of(
            "Against the paper",
            "Where they differ, and why",
            "A model, autoregressive, a block",
            "All figures",
            "Made with"),
        WellFormed.texts(page, "h2"));
  }

  @Test
  void shouldReferToNothingOutside() {
    for (String reference : List.of("http:", "https:", "@import", "url(", "src=", "<script")) {
      assertFalse(SmallPaper.page().contains(reference), reference);
    }
  }

  @Test
  void shouldDrawLinesThePapersPointsAndTheBest() {
    String title = WellFormed.texts(page, "title").get(1);
    assertEquals(
        "speed-up: Dunlin, counted as the paper does (P), 1.00 on 1, 1.98 on 2, 26.2 on 8;"
            + " Dunlin, all counted (H), 14.5 on 8; the paper, 1.00 on 1, 26.1 on 8;"
            + " its best (P), 27.4 on 8",
        title);
  }

  @Test
  void shouldSayWhereAndWhyFiguresDiffer() {
    assertEquals(
        List.of(
            "A model, autoregressive, a block, 8 chips, overlapped",
            "A model, autoregressive, a block, 8 chips, messages"),
        WellFormed.texts(page, "dt").stream().filter(text -> text.startsWith("A model")).toList());
    List<String> said = WellFormed.texts(page, "dd");
    assertTrue(said.contains("energy, mJ: 0.674, the paper's 0.640 (× 1.05)"), said.toString());
    assertTrue(said.stream().anyMatch(text -> text.startsWith("Eight chips must")));
  }

  @Test
  void shouldGiveTheComparisonAsCsv() {
    Matcher link = Pattern.compile("base64,([^\"]*)\"").matcher(SmallPaper.page());
    assertTrue(link.find());
    String csv = new String(Base64.getDecoder().decode(link.group(1)), StandardCharsets.UTF_8);
    List<String> lines = csv.lines().toList();
    assertEquals("figure,chips,paper,Dunlin,ratio,basis,schedule,root share", lines.get(0));
    assertEquals(1 + 4, lines.size());
    assertTrue(lines.get(4).startsWith("\"A model, autoregressive, a block: energy, mJ\",8,0.64"));
  }

  @Test
  void shouldNameTheCommandAsText() {
    assertEquals(
        List.of("dunlin reproduce distributed --page <it>.html"), WellFormed.texts(page, "code"));
  }
}

package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.plan.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ReportPageTest {
  private static final String HOSTILE = "</title><script>alert('&\"')</script>\u0001]]>";

  private static String page(String name, int nodes) {
    return ReportPage.of(
        SmallReport.of(SmallReport.plan(name, SmallReport.BOARD, nodes, Topology.TREE)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 33})
  void shouldBeWellFormedAndReferToNothingOutside(int nodes) {
    String page = page("small", nodes);
    assertFalse(page.contains("http:"), "a reference");
    assertFalse(page.contains("https:"), "a reference");
    assertFalse(page.contains("@import"), "a reference");
    assertFalse(page.contains("url("), "a reference");
    assertFalse(page.contains("src="), "a reference");
    assertFalse(page.contains("NaN"), "a number that is none");
    Document document = WellFormed.parsed(page);
    assertEquals(
        List.of(
            "The flock",
            "Memory",
            "A token, node by node",
            "More boards, fewer boards",
            "Made with"),
        WellFormed.texts(document, "h2"));
    NodeList pictures = document.getElementsByTagName("svg");
    for (int i = 0; i < pictures.getLength(); i++) {
      org.w3c.dom.Element picture = (org.w3c.dom.Element) pictures.item(i);
      assertTrue(
          !picture.getAttribute("role").equals("img")
              || picture.getElementsByTagName("title").getLength() > 0,
          "a picture without a title");
    }
  }

  @Test
  void shouldShowAHostileNameAsText() {
    String page = page(HOSTILE, 2);
    assertFalse(page.contains("<script>alert"), "a script");
    assertEquals(
        HOSTILE.replace('\u0001', '\uFFFD') + " on 2 × stm32f405",
        WellFormed.texts(WellFormed.parsed(page), "h1").get(0));
    assertEquals(1, WellFormed.texts(WellFormed.parsed(page), "script").size());
  }

  @Test
  void shouldBeTheSameForTheSameReport() {
    assertEquals(page("small", 3), page("small", 3));
  }

  @Test
  void shouldSayWhereTimesAreNotKnown() {
    String page =
        ReportPage.of(
            SmallReport.of(
                SmallReport.plan("small", BoardTypes.named("emulated"), 2, Topology.CHAIN)));
    assertTrue(page.contains("of emulated it is not known how fast it is"), page);
    assertEquals(
        List.of("The flock", "Memory", "Made with"),
        WellFormed.texts(WellFormed.parsed(page), "h2"));
  }

  @Test
  void shouldHaveATableToDownloadBehindEachPicture() {
    assertEquals(
        List.of(
            "Table: nodes",
            "Table: links",
            "Table: memory",
            "Table: timeline",
            "Table: node counts"),
        WellFormed.texts(WellFormed.parsed(page("small", 2)), "summary"));
  }

  @Test
  void shouldTakeNoScriptThatABrowserWouldReadOtherwise() {
    assertThrows(IllegalArgumentException.class, () -> new Markup().verbatim("script", "a < b"));
  }
}

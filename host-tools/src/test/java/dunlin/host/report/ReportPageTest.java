package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.plan.Topology;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportPageTest {
  private static final String HOSTILE = "</title><script>alert('&\"')</script>\u0001]]>";

  private static Document parsed(String page)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }

  private static List<String> texts(Document page, String element) {
    NodeList found = page.getElementsByTagName(element);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }

  private static String page(String name, int nodes) {
    return ReportPage.of(
        SmallReport.of(SmallReport.plan(name, SmallReport.BOARD, nodes, Topology.TREE)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 33})
  void shouldBeWellFormedAndReferToNothingOutside(int nodes) throws Exception {
    String page = page("small", nodes);
    assertFalse(page.contains("http:"), "a reference");
    assertFalse(page.contains("https:"), "a reference");
    assertFalse(page.contains("@import"), "a reference");
    assertFalse(page.contains("url("), "a reference");
    assertFalse(page.contains("src="), "a reference");
    assertFalse(page.contains("NaN"), "a number that is none");
    Document document = parsed(page);
    assertEquals(
        List.of(
            "The flock",
            "Memory",
            "A token, node by node",
            "More boards, fewer boards",
            "Made with"),
        texts(document, "h2"));
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
  void shouldShowAHostileNameAsText() throws Exception {
    String page = page(HOSTILE, 2);
    assertFalse(page.contains("<script>alert"), "a script");
    assertEquals(
        HOSTILE.replace('\u0001', '\uFFFD') + " on 2 × stm32f405",
        texts(parsed(page), "h1").get(0));
    assertEquals(1, texts(parsed(page), "script").size());
  }

  @Test
  void shouldBeTheSameForTheSameReport() {
    assertEquals(page("small", 3), page("small", 3));
  }

  @Test
  void shouldSayWhereTimesAreNotKnown() throws Exception {
    String page =
        ReportPage.of(
            SmallReport.of(
                SmallReport.plan("small", BoardTypes.named("emulated"), 2, Topology.CHAIN)));
    assertTrue(page.contains("of emulated it is not known how fast it is"), page);
    assertEquals(List.of("The flock", "Memory", "Made with"), texts(parsed(page), "h2"));
  }

  @Test
  void shouldHaveATableToDownloadBehindEachPicture() throws Exception {
    assertEquals(
        List.of(
            "Table: nodes",
            "Table: links",
            "Table: memory",
            "Table: timeline",
            "Table: node counts"),
        texts(parsed(page("small", 2)), "summary"));
  }

  @Test
  void shouldTakeNoScriptThatABrowserWouldReadOtherwise() {
    assertThrows(IllegalArgumentException.class, () -> new Markup().verbatim("script", "a < b"));
  }
}

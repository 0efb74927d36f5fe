package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.host.report.Chromium.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real browser makes of a paper's page, on a desk and on a phone. */
@Tag("slow")
class PaperBrowserTest {
  private static final String LOOK =
      """
      const charts = [...page.querySelectorAll("svg.curve")];
      const seen = charts.filter(chart => chart.clientWidth > 250).length;
      return page.documentElement.scrollWidth + "|" + seen;
      """;

  @TempDir Path folder;

  @BeforeEach
  void writePage() throws IOException {
    assumeTrue(Chromium.isInstalled(), "a browser: sudo apt install chromium");
    Files.writeString(folder.resolve("paper.html"), SmallPaper.page());
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 390})
  void shouldFitItsWidthAndDrawItsCurvesWithoutAnError(int width) throws Exception {
    Look look = new Chromium(folder).lookInFrame("paper.html", width, LOOK);
    assertEquals("", String.join("\n", look.console()));
    assertTrue(look.document().contains("data-seen=\"" + width + "|2\""), look.document());
  }
}

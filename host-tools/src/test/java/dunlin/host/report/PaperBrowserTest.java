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
  private static final String FRAME =
      """
      <!DOCTYPE html><html><body style="margin: 0">
      <iframe id="frame" src="paper.html" style="border: 0; width: %dpx; height: 2300px"></iframe>
      <script>
      const frame = document.getElementById("frame");
      frame.onload = () => {
        const page = frame.contentDocument;
        const wide = page.documentElement.scrollWidth;
        const charts = [...page.querySelectorAll("svg.curve")];
        const seen = charts.filter(chart => chart.clientWidth > 250).length;
        document.body.dataset.seen = wide + "|" + seen;
      };
      </script></body></html>
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
    Path frame = Files.writeString(folder.resolve("frame.html"), FRAME.formatted(width));
    Look look = new Chromium(folder).look(frame, folder.resolve("frame.png"));
    assertEquals("", String.join("\n", look.console()));
    assertTrue(look.document().contains("data-seen=\"" + width + "|2\""), look.document());
  }
}

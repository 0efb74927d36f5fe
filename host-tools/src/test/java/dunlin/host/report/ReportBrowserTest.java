package dunlin.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dunlin.host.plan.Topology;
import dunlin.host.report.Chromium.Look;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real browser makes of a page. */
@Tag("slow")
class ReportBrowserTest {
  /** How the page fares when it is zoomed, and a bar is touched. */
  private static final String LOOK =
      """
      const zoom = page.getElementById("zoom");
      zoom.value = 2;
      zoom.dispatchEvent(new Event("input"));
      page.querySelector("svg.bars path").dispatchEvent(new MouseEvent("click", {bubbles: true}));
      const wide = page.documentElement.scrollWidth;
      const bars = page.querySelector("svg.bars").clientWidth;
      return wide + "|" + bars + "|" + page.querySelector(".told").textContent;
      """;

  private static final Pattern SEEN = Pattern.compile("data-seen=\"(\\d+)\\|(\\d+)\\|([^\"]*)\"");

  @TempDir Path folder;

  @BeforeEach
  void writePage() throws IOException {
    assumeTrue(Chromium.isInstalled(), "a browser: sudo apt install chromium");
    FlockReport report =
        SmallReport.of(
            SmallReport.plan(
                "a name that is so long that it does not fit a phone, "
                    + "nor_can_it_be_broken_where_there_is_a_blank_for_there_is_none",
                SmallReport.BOARD,
                9,
                Topology.TREE));
    Files.writeString(folder.resolve("report.html"), ReportPage.of(report));
  }

  @ParameterizedTest
  @CsvSource({"1200", "390"})
  void shouldFitItsWidthZoomAndTellWithoutAnError(int width) throws Exception {
    Look look = new Chromium(folder).lookInFrame("report.html", width, LOOK);
    assertEquals("", String.join("\n", look.console()));
    Matcher seen = SEEN.matcher(look.document());
    assertTrue(seen.find(), look.document());
    assertEquals(width, Integer.parseInt(seen.group(1)), "pixels that the page takes");
    assertTrue(
        Integer.parseInt(seen.group(2)) > 2 * Math.min(width, 560), "zoomed: " + seen.group());
    assertTrue(seen.group(3).contains(" ms"), "told: " + seen.group());
  }

  @Test
  void shouldDrawInColour() throws Exception {
    Path screenshot = folder.resolve("report.png");
    Look look = new Chromium(folder).look(folder.resolve("report.html"), screenshot);
    assertEquals("", String.join("\n", look.console()));
    BufferedImage picture = ImageIO.read(screenshot.toFile());
    for (int colour : new int[] {0x0072b2, 0xe08a00, 0x009e73}) { // computes, links, KV cache
      long pixels =
          IntStream.range(0, picture.getHeight())
              .mapToLong(
                  y ->
                      IntStream.range(0, picture.getWidth())
                          .filter(x -> (picture.getRGB(x, y) & 0xffffff) == colour)
                          .count())
              .sum();
      assertTrue(pixels > 100, "#%06x: %d".formatted(colour, pixels));
    }
  }
}

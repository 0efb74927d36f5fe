package dunlin.host.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.flock.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said where a figure is not the paper's. */
class DeviationTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "papers.md");

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatTheDocumentSays(Deviation deviation) throws IOException {
    String document = Files.readString(DOCUMENT).replaceAll("[*`]", "");
    assertTrue(document.contains(deviation.why()), deviation.why());
  }

  @Test
  void shouldSayNothingOfAFigureThatIsThePapers() {
    Figure figure = Figure.closed("it: latency, ms", 64, 38.8, 38.79, Basis.FITTED);
    assertEquals(Optional.empty(), Deviation.of(figure));
    Figure unknown = Figure.closed("it: latency, ms", 64, null, 38.79, Basis.PREDICTED);
    assertEquals(Optional.empty(), Deviation.of(unknown));
  }

  @Test
  @Tag("slow")
  void shouldExplainEveryFigureThatDiffers() {
    List<Figure> differing =
        DistributedPaper.figures(Progress.NONE).stream()
            .filter(figure -> figure.ratio() != null && Math.abs(figure.ratio() - 1) > 0.005)
            .toList();
    assertEquals(12, differing.size(), differing.toString());
    differing.forEach(figure -> assertTrue(Deviation.of(figure).isPresent(), figure.toString()));
  }
}

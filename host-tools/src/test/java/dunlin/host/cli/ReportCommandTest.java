package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportCommandTest extends WithTinyModel {
  @Test
  void shouldWriteAPageAndSayWhere() throws IOException {
    Path page = folder.resolve("it.html");
    Outcome outcome =
        Outcome.of("report", "--model", model, "--board", "stm32f405", "--output", page);
    assertEquals("", outcome.err());
    assertEquals(page + System.lineSeparator(), outcome.out());
    String html = Files.readString(page);
    assertTrue(html.contains("<h1>tiny on 1 × stm32f405</h1>"), html);
    assertTrue(html.contains("<code>dunlin report --model " + model + " --board"), html);
  }

  @Test
  void shouldDrawTheFlockThatItFinds() throws IOException {
    Path page = folder.resolve("it.html");
    Object[] auto = {
      "report",
      "--model",
      model,
      "--board",
      "stm32f405",
      "--nodes",
      "auto",
      "--most",
      2,
      "--output",
      page
    };
    assertEquals(0, Outcome.of(auto).code());
    assertTrue(Files.readString(page).contains("<h2>How it was found</h2>"));
  }

  @Test
  void shouldDrawWhatDoesNotFitAndFail() throws IOException {
    writeModel(LARGE);
    Path page = folder.resolve("it.html");
    Outcome outcome =
        Outcome.of("report", "--model", model, "--board", "stm32f405", "--output", page);
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("too many"), outcome.err());
    String html = Files.readString(page);
    assertTrue(html.contains("It does not fit: model on stm32f405: needs "), html);
  }

  @Test
  void shouldLeaveNothingWhereThePlanIsRefused() {
    Path page = folder.resolve("it.html");
    Outcome outcome = Outcome.of("report", "--model", model, "--context", 99, "--output", page);
    assertEquals(2, outcome.code());
    assertFalse(Files.exists(page));
  }

  @Test
  void shouldRefuseAPlaceThatIsNotThereBeforeTheWork() {
    Outcome outcome = Outcome.of("report", "--model", "none", "--output", folder.resolve("x/y"));
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("there is no folder"), outcome.err());
  }
}

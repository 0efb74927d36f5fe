package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dunlin.host.SharedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunCommandTest extends WithTinyModel {
  @Test
  void shouldPrintTheTextOnStdoutAndASummaryOnStderr() throws IOException {
    Path report = folder.resolve("report.json");
    Outcome run = Outcome.of("run", "--model", model, "--prompt", "ab c", "--json", report);
    assertEquals(0, run.code());
    String text = new ObjectMapper().readTree(report.toFile()).get("text").asText();
    assertEquals(text + "\n", run.out());
    assertTrue(text.startsWith("ab c"), text);
    assertLinesMatch(
        List.of(
            "1 × emulated: [0-9,]+ bytes of flash and [0-9,]+ of RAM",
            "\\d+ tokens, [0-9,]+ bytes on the wires for each, [0-9,]+ tokens/s on this computer"),
        run.err().lines().toList());
  }

  @Test
  void shouldPrintNothingButTheReportWhereThatGoesToStdout() throws IOException {
    JsonNode report = Outcome.of("run", "--model", model, "--steps", 3, "--json", "-").json();
    assertEquals("tiny", report.get("model").asText());
    assertEquals(1, report.get("promptTokens").size());
    assertEquals(3, report.get("tokens").size());
    assertEquals("steps", report.get("end").asText());
    assertTrue(report.get("wireBytes").asLong() > 0);
    assertTrue(report.get("virtualNanoseconds").asLong() > 0);
  }

  /** A long prompt changes nothing of it, and it is what the plan says. */
  @Test
  void shouldCountTheBytesOfTokensThatAreWritten() throws IOException {
    Object[] options = {"--model", model, "--nodes", 3, "--json", "-"};
    JsonNode token = Outcome.of(with("plan", options)).json().get("token");
    for (String prompt : List.of("", "abcdabcd")) {
      JsonNode run = Outcome.of(with("run", options, "--prompt", prompt, "--steps", 3)).json();
      double bytes = run.get("wireBytesPerToken").asDouble();
      assertTrue(bytes >= token.get("leastBytes").asDouble(), token::toString);
      assertTrue(bytes <= token.get("mostBytes").asDouble(), token::toString);
      assertEquals(run.get("promptTokens").size() + 2, run.get("fedTokens").asInt());
    }
  }

  private static Object[] with(String command, Object[] options, Object... more) {
    return Stream.of(new Object[] {command}, options, more).flatMap(Stream::of).toArray();
  }

  @Test
  void shouldEndWithTheContext() throws IOException {
    JsonNode report =
        Outcome.of("run", "--model", model, "--context", 5, "--prompt", "ab", "--json", "-").json();
    assertEquals("context", report.get("end").asText());
    int fed = report.get("promptTokens").size() + report.get("tokens").size() - 1;
    assertEquals(5, fed, "all but the last token are fed");
  }

  @Test
  void shouldWriteTheSameReportForTheSameSeed() {
    Outcome one = sampled(1);
    assertEquals(one.out(), sampled(1).out());
    assertTrue(!one.out().equals(sampled(2).out()), one.out());
  }

  @Test
  void shouldTellTheSameTextThroughFaults() throws IOException {
    Object[] options = {"--model", model, "--nodes", 3, "--json", "-"};
    JsonNode clean = Outcome.of(with("run", options)).json();
    String faults = "flip=1e-3,loss=1e-4,reset=0.5";
    Outcome run = Outcome.of(with("run", options, "--faults", faults, "--seed", 5));
    JsonNode noisy = run.json();
    assertEquals(clean.get("text"), noisy.get("text"));
    assertEquals(0, clean.get("faults").asInt());
    assertTrue(noisy.get("faults").asInt() > 10, noisy::toString);
    String summary = run.err().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(
        summary.matches(
            "[0-9,]+ faults; [0-9,]+ frames went again, [0-9,]+ times bytes were no frame,"
                + " [0-9,]+ times the flock was lost"),
        summary);
  }

  @Test
  void shouldRefuseFaultsThatItCannotMakeHappen() {
    Outcome run = Outcome.of("run", "--model", model, "--rig", "qemu", "--faults", "flip=1e-5");
    assertEquals(2, run.code());
    assertEquals(
        "dunlin: faults cannot be made to happen on qemu: leave out --faults, or --rig\n",
        run.err());
  }

  private Outcome sampled(int seed) {
    return Outcome.of(
        "run", "--model", model, "--temperature", 2, "--top-k", 5, "--seed", seed, "--json", "-");
  }

  @Test
  void shouldWriteTheSameTextForAnyBoardChunkAndLayout() throws IOException {
    String text = Outcome.of("run", "--model", model, "--prompt", "abcd").out();
    for (String board : new String[] {"emulated", "stm32f405", "nucleo-h743zi2"}) {
      for (String weights : new String[] {"plain", "packed", "helium"}) {
        Outcome other =
            Outcome.of(
                "run",
                "--model",
                model,
                "--prompt",
                "abcd",
                "--chunk",
                3,
                "--board",
                board,
                "--weights",
                weights);
        assertEquals(text, other.out());
      }
    }
  }

  @Test
  void shouldCalibrateOnAGivenText() throws IOException {
    Path stories = Files.writeString(folder.resolve("s.txt"), "ab<|endoftext|>dcba ad");
    JsonNode own = Outcome.of("run", "--model", model, "--json", "-").json();
    JsonNode given =
        Outcome.of("run", "--model", model, "--calibration", stories, "--json", "-").json();
    assertTrue(!own.get("modelHash").equals(given.get("modelHash")));
  }

  @Test
  void shouldTellAStoryWithStories260K() throws IOException {
    Path stories = SharedModels.require("stories260K");
    Outcome run = Outcome.of("run", "--model", stories, "--prompt", "One day, a dog");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("One day, a dog "), run.out());
    assertTrue(run.out().endsWith(".\n"), run.out());
    assertTrue(run.out().length() > 200, run.out());
  }
}

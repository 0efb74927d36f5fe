package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.host.checkpoint.Bert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code classify} and {@code evaluate} of tiny models with random weights that read text. */
class TextEvaluationTest {
  private static final String TEXT = "The small dunlins fly over the mud. The river is in Norway.";

  /** Asks for what the tiny model answers, for what it does not, and for what is not there. */
  private static final String SQUAD =
      """
      {"version": "%s", "data": [{"title": "Birds", "paragraphs": [{"context": "%s", "qas": [
        {"id": "1", "question": "Who flies?", "answers": [{"text": "%s"}, {"text": "no one"}]},
        {"id": "2", "question": "Where is it?", "answers": [{"text": "winter"}]},
        {"id": "3", "question": "Who sings?", "is_impossible": %s, "answers": %s}]}]}]}
      """;

  @TempDir Path folder;

  @Test
  void shouldClassifyTextsWithTheirProbabilities() {
    Outcome outcome =
        Outcome.of(
            "classify",
            "--model",
            Bert.PLAIN.folder(),
            "--text",
            TEXT,
            "--text",
            "mud",
            "--nodes",
            2);
    assertEquals(0, outcome.code(), outcome.err());
    String label = "(wader|gull|tern)\t(0\\.\\d{4}|1\\.0000)\t";
    assertTrue(outcome.out().matches(label + "The small .*\\R" + label + "mud\\R"), outcome.out());
  }

  @Test
  void shouldClassifyATextFromAFileAsTheSame() throws IOException {
    Path file = Files.writeString(folder.resolve("it.txt"), TEXT);
    JsonNode fromFile = classified("--input", file);
    JsonNode given = classified("--text", TEXT);
    assertEquals(given.get("logits"), fromFile.get("logits"));
    assertEquals(3, given.get("scores").size());
    assertEquals(printed("--text", TEXT), printed("--input", file));
  }

  private static String printed(Object option, Object value) {
    return Outcome.of("classify", "--model", Bert.PLAIN.folder(), option, value).out();
  }

  @Test
  void shouldRefuseAFileWithoutText() throws IOException {
    Path file = Files.writeString(folder.resolve("blank.txt"), " \n");
    refuses(
        file + ": holds no text: write one there",
        "classify",
        "--model",
        Bert.PLAIN.folder(),
        "--input",
        file);
  }

  private static JsonNode classified(Object option, Object value) throws IOException {
    return Outcome.of("classify", "--model", Bert.PLAIN.folder(), option, value, "--json", "-")
        .json()
        .get("inputs")
        .get(0);
  }

  @Test
  void shouldEvaluateOnLabelledTexts() throws IOException {
    Path file =
        Files.writeString(folder.resolve("set.tsv"), "wader\t" + TEXT + "\ngull\tthe sea\n");
    JsonNode report =
        Outcome.of("evaluate", "--model", Bert.PLAIN.folder(), "--labelled", file, "--json", "-")
            .json();
    assertEquals(2, report.get("inputs").asInt());
    assertEquals(1, report.get("agreement").asDouble());
    assertTrue(report.get("worstCosine").asDouble() > 0.999, report.toString());
  }

  @Test
  void shouldScoreAnswersByTheRulesOfSquad() throws IOException {
    String found =
        Outcome.of(
                "answer",
                "--model",
                Bert.MOBILE.folder(),
                "--question",
                "Who flies?",
                "--context",
                TEXT)
            .out()
            .strip();
    String squad = SQUAD.formatted("1.1", TEXT, found, "false", "[{\"text\": \"mud\"}]");
    Path file = Files.writeString(folder.resolve("squad.json"), squad);
    Outcome outcome =
        Outcome.of("evaluate", "--model", Bert.MOBILE.folder(), "--squad", file, "--stories", 2);
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().matches("(?s)questions +2\\R.*"), outcome.out());
    assertTrue(outcome.out().contains("exact match, int8"), outcome.out());
    JsonNode report = squad(file);
    assertEquals(3, report.get("questions").asInt());
    assertEquals(1.0 / 3, report.get("int8Exact").asDouble(), 1e-9);
    assertEquals(1.0 / 3, report.get("floatExact").asDouble(), 1e-9);
    assertTrue(report.get("int8F1").asDouble() >= 1.0 / 3, report.toString());
    assertEquals(1, report.get("agreement").asDouble());
    assertTrue(report.get("worstCosine").asDouble() > 0.99, report.toString());
  }

  @Test
  void shouldLetAModelAnswerNothingWhereTheFileDoes() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("squad.json"), SQUAD.formatted("v2.0", TEXT, "x", "true", "[]"));
    assertEquals(3, squad(file).get("questions").asInt());
  }

  /** Of three windows, two as long as each other. */
  @Test
  void shouldCompareBlocksOnTheWindowsOfQuestions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("squad.json"), SQUAD.formatted("1.1", TEXT, "x", "true", "[]"));
    Object[] words = {"evaluate", "--model", Bert.MOBILE.folder(), "--squad", file, "--layers"};
    Outcome text = Outcome.of(words);
    assertEquals(0, text.code(), text.err());
    assertTrue(
        text.out().contains("cosines of the stream behind each block, the worst of 3 windows:"),
        text.out());
    JsonNode layers = squad(file, "--layers").get("layers");
    assertEquals(3, layers.get("windows").asInt());
    assertEquals(2, layers.get("alone").size());
    layers.get("alone").forEach(c -> assertTrue(c.asDouble() > 0.99, layers.toString()));
    layers.get("together").forEach(c -> assertTrue(c.asDouble() > 0.99, layers.toString()));
    JsonNode one = squad(file, "--layers", "--stories", 1).get("layers");
    assertEquals(1, one.get("windows").asInt());
    for (int layer = 0; layer < 2; layer++) {
      assertTrue(
          layers.get("together").get(layer).asDouble() <= one.get("together").get(layer).asDouble(),
          layers + " " + one);
    }
  }

  private static JsonNode squad(Path file, Object... more) throws IOException {
    Object[] words = {"evaluate", "--model", Bert.MOBILE.folder(), "--squad", file, "--json", "-"};
    return Outcome.of(Stream.concat(Stream.of(words), Stream.of(more)).toArray()).json();
  }

  @Test
  void shouldRefuseModelsThatDoSomethingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("it.txt"), TEXT);
    refuses(
        "tiny-mobilebert answers questions and classifies no texts: use answer for it, or evaluate --squad",
        "classify",
        "--model",
        Bert.MOBILE.folder(),
        "--input",
        file);
    refuses(
        "tiny-bert classifies texts and answers nothing: use classify for it, or evaluate --labelled",
        "evaluate",
        "--model",
        Bert.PLAIN.folder(),
        "--squad",
        file);
    refuses(
        "tiny-mobilebert answers questions and writes no text: use answer for it, or evaluate"
            + " --squad",
        "evaluate",
        "--model",
        Bert.MOBILE.folder(),
        "--text",
        file);
    refuses(
        "ecgformer reads no text: give it features, with classify --input",
        "classify",
        "--model",
        "ecgformer",
        "--text",
        TEXT);
  }

  private static void refuses(String message, Object... words) {
    Outcome outcome = Outcome.of(words);
    assertEquals("dunlin: " + message + System.lineSeparator(), outcome.err());
    assertEquals(1, outcome.code());
  }
}

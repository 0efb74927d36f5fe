package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.host.answer.Answer;
import dunlin.host.answer.Answerer;
import dunlin.host.checkpoint.Bert;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.oracle.EncoderOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tiny MobileBERT whose weights are random: its answers mean nothing, but they are in the text.
 */
class AnswerCommandTest {
  private static final String QUESTION = "Who flies?";
  private static final String TEXT =
      "The small Dunlins fly over the mud. The river is in Norway, and the sea is north.";

  @TempDir Path folder;

  @Test
  void shouldSayTheAnswerAndNothingElse() throws IOException {
    Outcome outcome = answer(Bert.MOBILE, "--context", TEXT);
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, outcome.out().lines().count());
    assertTrue(TEXT.contains(outcome.out().strip()), outcome.out());
    assertTrue(outcome.err().contains(" tokens in one window, "), outcome.err());
  }

  @Test
  void shouldFindWhatTheFloatModelFinds() throws IOException {
    ImportedEncoder source = ImportedEncoder.read(Bert.MOBILE.folder().toString());
    EncoderOracle oracle = new EncoderOracle(source.model());
    Answer expected =
        new Answerer(source.spanPieces(), 48, 48, oracle::forward)
            .answer(QUESTION, TEXT, 1)
            .best()
            .get(0);
    JsonNode found = json("--context", TEXT).get("answers").get(0);
    assertEquals(expected.text(), found.get("text").asText());
    assertEquals(expected.from(), found.get("from").asInt());
    assertEquals(expected.to(), found.get("to").asInt());
    assertEquals(expected.score(), found.get("score").asDouble(), 0.25);
  }

  @Test
  void shouldGiveTheSameAnswerFromAGraph() throws IOException {
    Path graph = Bert.MOBILE.folder().resolve("model.onnx");
    Outcome outcome =
        Outcome.of("answer", "--model", graph, "--question", QUESTION, "--context", TEXT);
    assertEquals(answer(Bert.MOBILE, "--context", TEXT).out(), outcome.out(), outcome.err());
  }

  @Test
  void shouldRankAnswersAndTellWhereTheyAre() throws IOException {
    JsonNode answers = json("--context", TEXT, "--best", 3).get("answers");
    assertEquals(3, answers.size());
    List<Double> scores = new ArrayList<>();
    for (JsonNode answer : answers) {
      String cut = TEXT.substring(answer.get("from").asInt(), answer.get("to").asInt());
      assertEquals(cut, answer.get("text").asText());
      scores.add(-answer.get("score").asDouble());
    }
    assertEquals(scores.stream().sorted().toList(), scores);
  }

  @Test
  void shouldGiveTheSameBitsOnAnyFlock() throws IOException {
    JsonNode one = json("--context", TEXT);
    JsonNode three = json("--context", TEXT, "--nodes", 3, "--topology", "chain");
    assertEquals(one.get("answers"), three.get("answers"));
    assertEquals(one.get("noAnswer"), three.get("noAnswer"));
  }

  @Test
  void shouldReadALongTextInWindows() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), TEXT);
    JsonNode report = json("--context-file", file, "--tokens", 14, "--stride", 4);
    assertEquals(14, report.get("context").asInt());
    assertTrue(report.get("windows").asInt() > 2, report.toString());
  }

  @Test
  void shouldCalibrateOnLinesOfText() throws IOException {
    Path file = Files.writeString(folder.resolve("lines.txt"), "the sea\nwho flies?\tbirds fly\n");
    JsonNode report = json("--context", TEXT, "--calibration", file);
    assertTrue(!report.get("modelHash").equals(json("--context", TEXT).get("modelHash")));
  }

  @Test
  void shouldRefuseAModelWithoutAVocabulary() {
    refuses(
        "bert-tiny",
        "bert-tiny has random weights and no vocabulary: name the folder of a BERT or MobileBERT"
            + " from Hugging Face");
  }

  @Test
  void shouldRefuseModelsThatDoSomethingElse() {
    refuses(
        Bert.PLAIN.folder(),
        "tiny-bert classifies texts and answers nothing: use classify for it, or evaluate"
            + " --labelled");
    refuses("ecgformer", "ecgformer reads no text: give it features, with classify --input");
  }

  @Test
  void shouldAskForAModelThatAnswers() {
    Outcome outcome = Outcome.of("answer", "--question", QUESTION, "--context", TEXT);
    assertEquals(
        "dunlin: no encoder is named: name one that answers questions with --model"
            + System.lineSeparator(),
        outcome.err());
    assertEquals(2, outcome.code());
  }

  @Test
  void shouldRefuseAFileWithoutTextBeforeAModelIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("blank.txt"), "\n");
    Outcome outcome =
        Outcome.of("answer", "--model", "none", "--question", QUESTION, "--context-file", file);
    assertTrue(outcome.err().startsWith("dunlin: " + file + ": holds no text: "), outcome.err());
    assertEquals(1, outcome.code());
  }

  private static void refuses(Object model, String message) {
    Outcome outcome =
        Outcome.of("answer", "--model", model, "--question", QUESTION, "--context", TEXT);
    assertEquals("dunlin: " + message + System.lineSeparator(), outcome.err());
    assertEquals(1, outcome.code());
  }

  private static JsonNode json(Object... options) throws IOException {
    Object[] all = new Object[options.length + 2];
    System.arraycopy(options, 0, all, 2, options.length);
    all[0] = "--json";
    all[1] = "-";
    return answer(Bert.MOBILE, all).json();
  }

  private static Outcome answer(Bert bert, Object... options) {
    List<Object> words =
        new ArrayList<>(List.of("answer", "--model", bert.folder(), "--question", QUESTION));
    words.addAll(List.of(options));
    return Outcome.of(words.toArray());
  }
}

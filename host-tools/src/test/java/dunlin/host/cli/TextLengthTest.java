package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.host.checkpoint.Bert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a text is read. */
class TextLengthTest {
  private static final String TEXT = "The small dunlin flies over the mud.";

  @TempDir private Path folder;

  @Test
  void shouldSayWhatOfATextIsNotRead() {
    Outcome whole = Outcome.of("classify", "--model", Bert.PLAIN.folder(), "--text", TEXT);
    assertEquals(0, whole.code(), whole.err());
    assertTrue(!whole.err().contains("left out"), whole.err());
    Outcome cut =
        Outcome.of("classify", "--model", Bert.PLAIN.folder(), "--context", 5, "--text", TEXT);
    assertEquals(0, cut.code(), cut.err());
    String said = "\\d+ tokens of a text are left out, those behind 5\\R(?s).*";
    assertTrue(cut.err().matches(said), cut.err());
  }

  @Test
  void shouldRefuseAFlockThatTakesNothingOfAText() {
    Outcome outcome =
        Outcome.of("classify", "--model", Bert.PLAIN.folder(), "--context", 2, "--text", TEXT);
    assertEquals(1, outcome.code());
    assertEquals(
        "dunlin: 2 tokens hold no text beside [CLS] and [SEP]: let the flock take more of them%n"
            .formatted(),
        outcome.err());
  }

  @Test
  void shouldEvaluateAsMuchAsIsAskedFor() throws IOException {
    Path file = Files.writeString(folder.resolve("set.tsv"), "wader\t" + TEXT + "\n");
    Path start = Files.writeString(folder.resolve("start.tsv"), "wader\tThe\n");
    assertEquals(cosine(start), cosine(file, "--tokens", 3));
  }

  @Test
  void shouldEvaluateWindowsOfTheLengthThatIsAskedFor() throws IOException {
    String squad =
        """
        {"version": "1.1", "data": [{"paragraphs": [{"context": "%s", "qas": [
          {"id": "1", "question": "Who?", "answers": [{"text": "dunlin", "answer_start": 10}]}]}]}]}
        """;
    Path file = Files.writeString(folder.resolve("squad.json"), squad.formatted(TEXT));
    Object[] words = {"evaluate", "--model", Bert.MOBILE.folder(), "--squad", file, "--layers"};
    Outcome whole = Outcome.of(words);
    assertTrue(whole.out().contains("of one window"), whole.out() + whole.err());
    Outcome cut = Outcome.of(words[0], words[1], words[2], words[3], file, words[5], "--tokens", 9);
    assertEquals(0, cut.code(), cut.err());
    assertTrue(cut.out().matches("(?s).*the worst of [2-8] windows.*"), cut.out());
  }

  @Test
  void shouldRefuseALengthWhereThereIsNoText() {
    Outcome outcome =
        Outcome.of("evaluate", "--model", "ecgformer", "--labelled", folder, "--tokens", 9);
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("--tokens is of texts, and ecgformer reads none"));
  }

  @Test
  void shouldPlanForTextsOfTheFlocksLength() throws IOException {
    Outcome text = Outcome.of("plan", "--model", "bert-tiny", "--context", 64);
    assertTrue(text.out().contains("inputs   512 bytes, 64 tokens, "), text.out());
    JsonNode encoder =
        Outcome.of("plan", "--model", "bert-tiny", "--context", 64, "--json", "-")
            .json()
            .get("encoder");
    assertEquals(64, encoder.get("tokens").asInt());
    assertEquals(512, encoder.get("inputBytes").asInt());
  }

  @Test
  void shouldSayWhatWouldFitWhereNoFlockDoes() {
    Outcome outcome =
        Outcome.of("plan", "--model", "bert-tiny", "--board", "stm32f405", "--nodes", "auto");
    assertEquals(1, outcome.code());
    assertTrue(
        outcome.err().matches("dunlin: bert-tiny does not fit .*: --context .* would fit.*\\R"));
    assertEquals(1, outcome.err().lines().count());
  }

  private static JsonNode cosine(Path file, Object... more) throws IOException {
    Object[] words = {
      "evaluate", "--model", Bert.PLAIN.folder(), "--labelled", file, "--json", "-"
    };
    Object[] all = new Object[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Outcome.of(all).json().get("worstCosine");
  }
}

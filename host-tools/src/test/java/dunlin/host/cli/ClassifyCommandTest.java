package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.host.KwtReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClassifyCommandTest extends WithTinyModel {
  @Test
  void shouldSayTheLabelAndNothingElse() throws IOException {
    Outcome outcome = Outcome.of("classify", "--model", "ecgformer", "--input", beat("beat.csv"));
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().matches("[a-z-]+\\R"), outcome.out());
    assertTrue(outcome.err().startsWith("1 × emulated: "), outcome.err());
  }

  @Test
  void shouldSayWhoseLabelItIsWhereThereAreSeveral() throws IOException {
    Outcome outcome =
        Outcome.of(
            "classify",
            "--model",
            "ecgformer",
            "--input",
            beat("one.csv"),
            "--input",
            beat("two.csv"),
            "--nodes",
            2);
    assertTrue(outcome.out().matches("[a-z-]+\tone.csv\\R[a-z-]+\ttwo.csv\\R"), outcome.out());
  }

  @Test
  void shouldScoreEveryLabel() throws IOException {
    Object[] classify = {"classify", "--model", "ecgformer", "--input", beat("beat.csv")};
    JsonNode input =
        Outcome.of(classify[0], classify[1], classify[2], classify[3], classify[4], "--json", "-")
            .json()
            .get("inputs")
            .get(0);
    double sum = 0;
    for (JsonNode score : input.get("scores")) {
      sum += score.asDouble();
    }
    assertEquals(1, sum, 1e-9);
    assertEquals(5, input.get("logits").size());
  }

  @Test
  void shouldRefuseAnInputOfAnotherShape() throws IOException {
    Path file = Files.writeString(folder.resolve("short.csv"), "0.5\n".repeat(197));
    Outcome outcome = Outcome.of("classify", "--model", "ecgformer", "--input", file);
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.err().lines().count());
    assertTrue(outcome.err().contains("197"), outcome.err());
    assertTrue(outcome.err().contains("198"), outcome.err());
  }

  @Test
  void shouldRefuseAModelThatWritesText() throws IOException {
    Outcome outcome = Outcome.of("classify", "--model", model, "--input", beat("beat.csv"));
    assertEquals(1, outcome.code());
    assertEquals(
        "dunlin: tiny writes text and classifies nothing: use run for it%n".formatted(),
        outcome.err());
  }

  @Test
  void shouldRefuseToRunAnEncoder() {
    Outcome outcome = Outcome.of("run", "--model", "ecgformer");
    assertEquals(1, outcome.code());
    assertEquals(
        "dunlin: ecgformer classifies and writes no text: use classify for it, or evaluate --labelled%n"
            .formatted(),
        outcome.err());
  }

  @Test
  void shouldNameALabelThatTheModelDoesNotHave() throws IOException {
    beat(Files.createDirectory(folder.resolve("odd")).resolve("beat.csv").toString());
    Outcome outcome = Outcome.of("evaluate", "--model", "ecgformer", "--labelled", folder);
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("odd: the model has no label odd: its labels are normal, "));
  }

  @Test
  @Tag("slow")
  void shouldHearFromSoundWhatKwtHears() throws IOException {
    for (String clip : KwtReference.CLIPS) {
      KwtReference reference = KwtReference.read(clip);
      Outcome outcome =
          Outcome.of(
              "classify", "--model", reference.wav().getParent(), "--input", reference.wav());
      assertEquals(reference.label() + System.lineSeparator(), outcome.out());
    }
  }

  private Path beat(String name) throws IOException {
    String frames =
        IntStream.range(0, 198)
            .mapToObj(i -> Math.sin(0.1 * i) + "\n")
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve(name), frames);
  }
}

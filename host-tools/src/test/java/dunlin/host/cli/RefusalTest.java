package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a command cannot work with: exit code 1, one line, nothing on stdout, no file left. */
class RefusalTest extends WithTinyModel {
  @Test
  void shouldNameAModelThatIsNowhere() throws IOException {
    assertRefused("model nosuch is at none of nosuch, ", "run", "--model", "nosuch");
  }

  @Test
  void shouldNameATruncatedCheckpoint() throws IOException {
    Path file = model.resolve("model.bin");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(file + ": ", "run", "--model", file);
    assertRefused(file + ": ", "inspect", file);
  }

  @Test
  void shouldNameACharacterThatTheModelDoesNotKnow() throws IOException {
    assertRefused(
        "text: character U+007A 'z' at position 1 is unknown to the model",
        "run",
        "--model",
        model,
        "--prompt",
        "az");
  }

  @Test
  void shouldCountAPromptThatIsTooLong() throws IOException {
    assertRefused(
        "the prompt has 15 tokens, and the context has room for 12: ",
        "run",
        "--model",
        model,
        "--prompt",
        "abcdabcdabcda");
  }

  @Test
  void shouldNameTheContextsThatTheModelKnows() throws IOException {
    assertRefused(
        "a context of 13 positions: choose 1 to 12 ", "run", "--model", model, "--context", 13);
  }

  @Test
  void shouldNameATopKThatIsTooLarge() throws IOException {
    assertRefused("a top-k of 129: ", "run", "--model", model, "--top-k", 129);
  }

  @Test
  void shouldNameATextThatIsMissing() throws IOException {
    Path none = folder.resolve("none.txt");
    assertRefused(none + ": ", "run", "--model", model, "--calibration", none);
    assertRefused(none + ": ", "evaluate", "--model", model, "--text", none);
  }

  @Test
  void shouldNameAFolderThatIsMissingBeforeItWorks() throws IOException {
    Path file = folder.resolve("none").resolve("file");
    String complaint = file + ": there is no folder " + file.getParent() + ": create it";
    assertRefused(complaint, "run", "--model", model, "--json", file);
    assertRefused(complaint, "build", "--model", model, "--output", file);
    assertRefused(complaint, "inspect", model, "--json", file);
  }

  @Test
  void shouldNotWriteAReportToAFolder() throws IOException {
    assertRefused(folder + ": is a folder: ", "run", "--model", model, "--json", folder);
  }

  @Test
  void shouldLeaveTheOldFileWhereTheNewOneCannotBeBuilt() throws IOException {
    Path image = Files.writeString(folder.resolve("old.img"), "old");
    assertRefused(
        "a prefill chunk of 13 rows: ",
        "build",
        "--model",
        model,
        "--output",
        image,
        "--chunk",
        13);
    assertEquals("old", Files.readString(image));
  }

  @Test
  void shouldShowTheStackTraceWhenVerbose() {
    Outcome outcome = Outcome.of("run", "--model", "nosuch", "-v");
    assertTrue(outcome.err().contains("\tat dunlin.host.checkpoint.ModelFiles."), outcome.err());
  }

  private void assertRefused(String complaint, Object... arguments) throws IOException {
    List<Path> before = files();
    Outcome outcome = Outcome.of(arguments);
    assertEquals(1, outcome.code());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("dunlin: " + complaint), outcome.err());
    assertEquals(before, files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }
}

package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** An option that does not go with the model or the others: exit code 2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --context 13           | a context of 13 positions: choose 1 to 12 for model
          --chunk 13             | a prefill chunk of 13 rows: choose 1 to 12
          --nodes 12             | 12 nodes share 11 feed-forward columns: choose at most 11 nodes
          --nodes 2 --stages 3   | 3 stages of 2 nodes and 2 blocks: choose at most 2
          --nodes 2 --split 1,1,1 | --split has 3 parts for 2 nodes: give one number for each node
          --nodes 3 --board stm32f405,stm32f405 | \
            --board names 2 boards for 3 nodes: name one for all, or one for each
          """)
  void shouldCallItMisuseWhereAnOptionIsWrong(String options, String complaint) {
    for (String command : new String[] {"run", "chat", "plan", "build"}) {
      List<Object> arguments = new ArrayList<>(List.of(command, "--model", model));
      arguments.addAll(List.of(options.split(" ")));
      Outcome outcome = Outcome.of(arguments.toArray());
      assertEquals("dunlin: " + complaint + "\n", outcome.err());
      assertEquals(2, outcome.code());
      assertEquals("", outcome.out());
    }
  }

  @Test
  void shouldNameATextThatIsMissing() throws IOException {
    Path none = folder.resolve("none.txt");
    String complaint = none + ": there is no such file: check the path";
    assertRefused(complaint, "run", "--model", model, "--calibration", none);
    assertRefused(complaint, "evaluate", "--model", model, "--text", none);
  }

  @Test
  void shouldNameAFolderThatIsMissingBeforeItWorks() throws IOException {
    Path file = folder.resolve("none").resolve("file");
    String complaint = file + ": there is no folder " + file.getParent() + ": create it";
    assertRefused(complaint, "run", "--model", model, "--json", file);
    Path image = folder.resolve("none").resolve("it.img");
    assertRefused(image + ": there is no folder ", "build", "--model", model, "--output", image);
    assertRefused(complaint, "inspect", model, "--json", file);
  }

  @Test
  void shouldNotWriteAReportToAFolder() throws IOException {
    assertRefused(folder + ": is a folder: ", "run", "--model", model, "--json", folder);
  }

  @Test
  void shouldLeaveTheOldFileWhereTheNewOneCannotBeBuilt() throws IOException {
    Path image = Files.writeString(folder.resolve("old.img"), "old");
    writeModel(LARGE);
    Path text = Files.writeString(folder.resolve("text.txt"), "abc");
    assertRefused(
        "model on nucleo-l476rg: needs ",
        "build",
        "--model",
        model,
        "--calibration",
        text,
        "--board",
        "nucleo-l476rg",
        "--output",
        image);
    assertEquals("old", Files.readString(image));
  }

  @Test
  void shouldSayWhatCannotBeInspected() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.img"));
    assertRefused(empty + ": is empty: build or download it again", "inspect", empty);
    Path text = Files.writeString(folder.resolve("a.txt"), "Once upon a time there was a file.");
    assertRefused(text + ": is neither an image nor a checkpoint: give ", "inspect", text);
    Path image = Files.writeString(folder.resolve("a.img"), "Once upon a time");
    assertRefused(image + ": is not an image: build one with dunlin build", "inspect", image);
    Path none = folder.resolve("none");
    assertRefused(none + ": there is no such file or folder: check the path", "inspect", none);
    assertRefused("none.img: there is no such file: check the path", "inspect", "none.img");
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

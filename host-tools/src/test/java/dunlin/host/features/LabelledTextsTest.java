package dunlin.host.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.features.LabelledTexts.LabelledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledTextsTest {
  private static final List<String> LABELS = List.of("gull", "wader");
  private static final List<LabelledText> TWO =
      List.of(
          new LabelledText("text 1", "wader", "It \"wades\", and runs."),
          new LabelledText("text 2", "gull", "It cries."));

  @TempDir Path folder;

  @Test
  void shouldReadRowsWithTabs() throws IOException {
    assertEquals(TWO, read("a.tsv", "wader\tIt \"wades\", and runs.\n\ngull\tIt cries.\n"));
  }

  @Test
  void shouldReadRowsWithCommas() throws IOException {
    assertEquals(TWO, read("a.CSV", "wader,\"It \"\"wades\"\", and runs.\"\ngull,It cries.\n"));
  }

  @Test
  void shouldReadObjects() throws IOException {
    assertEquals(
        TWO,
        read(
            "a.jsonl",
            """
            {"label": "wader", "text": "It \\"wades\\", and runs."}
            {"text": "It cries.", "label": "gull", "id": 7}
            """));
  }

  @Test
  void shouldReadAFolderForEachLabel() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("wader")).resolve("b.txt"), "It runs.");
    Files.writeString(folder.resolve("wader").resolve("notes.md"), "left alone");
    Files.writeString(Files.createDirectory(folder.resolve("gull")).resolve("a.txt"), "It cries.");
    assertEquals(
        List.of(
            new LabelledText("a.txt", "gull", "It cries."),
            new LabelledText("b.txt", "wader", "It runs.")),
        LabelledTexts.read(folder, LABELS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.tsv   | wader  | , text 1: 1 columns, not label and text
          a.csv   | gull,it,cries | , text 1: 3 columns, not label and text
          a.csv   | tern,it | , text 1: the model has no label tern, but gull, wader
          a.jsonl | {"label": "gull"} | , text 1: no object with a label and a text
          a.jsonl | {"label"  | , text 1: Unexpected end-of-input
          a.jsonl | `  `      | : holds no text
          a.tsv   | ``        | : holds no labelled texts
          a.txt   | gull it   | : is no set of labelled texts
          """)
  void shouldSayWhereAndWhatIsWrong(String name, String text, String message) {
    Refusal refusal = assertThrows(Refusal.class, () -> read(name, text));
    assertTrue(refusal.what().startsWith(folder.resolve(name) + message), refusal.what());
  }

  private List<LabelledText> read(String name, String text) throws IOException {
    return LabelledTexts.read(Files.writeString(folder.resolve(name), text), LABELS);
  }
}

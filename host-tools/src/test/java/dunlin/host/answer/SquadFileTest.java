package dunlin.host.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.answer.SquadFile.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquadFileTest {
  private static final String GOOD =
      """
      {"version": "v2.0", "data": [{"title": "Birds", "paragraphs": [{
        "context": "Dunlins wade.",
        "qas": [
          {"id": "1", "question": "Who wades?", "is_impossible": false,
           "answers": [{"text": "Dunlins", "answer_start": 0}, {"text": "dunlins"}]},
          {"id": "2", "question": "Who flies?", "is_impossible": true, "answers": [],
           "plausible_answers": [{"text": "Dunlins", "answer_start": 0}]}
        ]}]}]}
      """;

  @TempDir Path folder;

  @Test
  void shouldReadQuestionsAndWhatIsRight() throws IOException {
    SquadFile file = SquadFile.read(write(GOOD));
    assertEquals(
        List.of(
            new Asked("1", "Who wades?", "Dunlins wade.", List.of("Dunlins", "dunlins")),
            new Asked("2", "Who flies?", "Dunlins wade.", List.of())),
        file.questions());
    assertTrue(file.hasUnanswerable());
  }

  @Test
  void shouldReadTheFirstVersion() throws IOException {
    String first =
        GOOD.replace("true", "false")
            .replace("\"answers\": []", "\"answers\": [{\"text\": \"we\"}]");
    assertFalse(SquadFile.read(write(first.replace("v2.0", "1.1"))).hasUnanswerable());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "data"           | "date"     | data is not a list
          "qas"            | "qa"       | data[0].paragraphs[0].qas is not a list
          "question": "Who flies?" | "question": 3 | data[0].paragraphs[0].qas[1].question is not a text
          "text": "Dunlins", "answer_start": 0}, { | "txt": 3}, { | data[0].paragraphs[0].qas[0].answers[].text is not a text
          true             | false      | data[0].paragraphs[0].qas[1].answers is empty, and is_impossible is not true
          """)
  void shouldSayWhereTheFormIsAnother(String good, String bad, String message) throws IOException {
    Path file = write(GOOD.replace(good, bad));
    Refusal refusal = assertThrows(Refusal.class, () -> SquadFile.read(file));
    assertEquals(
        file + ": " + message + ": give a file in the form of SQuAD 1.1 or 2.0",
        refusal.getMessage());
  }

  @Test
  void shouldRefuseAFileWithoutQuestions() throws IOException {
    Path file = write("{\"data\": []}");
    Refusal refusal = assertThrows(Refusal.class, () -> SquadFile.read(file));
    assertEquals(file + ": no questions", refusal.what());
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("squad.json"), json);
  }
}

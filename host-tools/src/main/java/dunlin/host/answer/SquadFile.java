package dunlin.host.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.host.checkpoint.ModelJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions with answers, in the form of SQuAD 1.1 and 2.0 (Rajpurkar et al., arXiv 1606.05250 and
 * 1806.03822): articles have paragraphs of a context and some questions, each with an id and
 * answers, or in 2.0 with the note that there is none.
 *
 * @param questions in the file's order, at least one
 */
public record SquadFile(List<Asked> questions) {
  public SquadFile {
    questions = List.copyOf(questions);
  }

  /**
   * A question.
   *
   * @param id the file's
   * @param answers any of which is right; empty where the text does not tell
   */
  public record Asked(String id, String question, String context, List<String> answers) {
    public Asked {
      answers = List.copyOf(answers);
    }
  }

  /**
   * @throws Refusal if it is unreadable, or of another form
   */
  public static SquadFile read(Path file) {
    try {
      return new Reader(file, new ArrayList<>()).read(ModelJson.read(file));
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  /** The first questions, at most {@code count}, at least one. */
  public SquadFile first(int count) {
    return new SquadFile(questions.subList(0, Math.min(count, questions.size())));
  }

  /** Whether there are questions that the text does not answer. */
  public boolean hasUnanswerable() {
    return questions.stream().anyMatch(asked -> asked.answers().isEmpty());
  }

  private record Reader(Path file, List<Asked> questions) {
    SquadFile read(JsonNode json) {
      int article = 0;
      for (JsonNode one : list(json, "data", "")) {
        String place = "data[" + article++ + "].";
        int paragraph = 0;
        for (JsonNode within : list(one, "paragraphs", place)) {
          paragraph(within, place + "paragraphs[" + paragraph++ + "].");
        }
      }
      if (questions.isEmpty()) {
        throw refusal("no questions");
      }
      return new SquadFile(questions);
    }

    private void paragraph(JsonNode json, String place) {
      String context = text(json, "context", place);
      int question = 0;
      for (JsonNode asked : list(json, "qas", place)) {
        question(asked, context, place + "qas[" + question++ + "].");
      }
    }

    private void question(JsonNode json, String context, String place) {
      List<String> answers = new ArrayList<>();
      if (!json.path("is_impossible").asBoolean()) {
        for (JsonNode answer : list(json, "answers", place)) {
          answers.add(text(answer, "text", place + "answers[]."));
        }
        if (answers.isEmpty()) {
          throw refusal(place + "answers is empty, and is_impossible is not true");
        }
      }
      questions.add(
          new Asked(text(json, "id", place), text(json, "question", place), context, answers));
    }

    private JsonNode list(JsonNode json, String key, String place) {
      if (!json.path(key).isArray()) {
        throw refusal(place + key + " is not a list");
      }
      return json.path(key);
    }

    private String text(JsonNode json, String key, String place) {
      if (!json.path(key).isTextual()) {
        throw refusal(place + key + " is not a text");
      }
      return json.path(key).textValue();
    }

    private Refusal refusal(String what) {
      return new Refusal(file + ": " + what, "give a file in the form of SQuAD 1.1 or 2.0");
    }
  }
}

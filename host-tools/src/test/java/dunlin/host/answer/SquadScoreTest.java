package dunlin.host.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquadScoreTest {
  /** The figures are those of transformers' squad_metrics, which follow the official script. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          The Denver Broncos | denver broncos!        | 1 | 1
          a theatre          | the theatre, an anthem | 0 | 0.6666666666666666
          10 am              | 10 a.m.                | 1 | 1
          U.S. Navy          | the US navy            | 1 | 1
          an A-level         | level a                | 0 | 0
          Émile Zola         | émile  zola’s          | 0 | 0.5
          the the the        | the                    | 1 | 1
          mud                | ''                     | 0 | 0
          ''                 | ''                     | 1 | 1
          """)
  void shouldScoreAsTheOfficialScriptDoes(String right, String found, double exact, double f1) {
    SquadScore score = SquadScore.of(found, List.of(right));
    assertEquals(exact, score.exact());
    assertEquals(f1, score.f1(), 1e-15);
  }

  @Test
  void shouldTakeTheNearestOfSeveralRightAnswers() {
    SquadScore score = SquadScore.of("grey birds", List.of("seals", "birds", "grey"));
    assertEquals(0, score.exact());
    assertEquals(2.0 / 3, score.f1(), 1e-15);
  }

  @Test
  void shouldExpectNoAnswerWhereTheTextDoesNotTell() {
    assertEquals(new SquadScore(1, 1), SquadScore.of("", List.of()));
    assertEquals(new SquadScore(0, 0), SquadScore.of("mud", List.of()));
  }
}

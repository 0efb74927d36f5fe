package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  private static final String EXAMPLES = "Examples: ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "monitor",
        "chat",
        "classify",
        "answer",
        "plan",
        "report",
        "sweep",
        "build",
        "flash",
        "verify",
        "inspect",
        "evaluate",
        "bench kernels",
        "bench costs",
        "reproduce distributed",
        "reproduce tiny",
        "ports",
        "doctor",
        "rig init"
      })
  void shouldFitAScreenAndEndWithExamplesThatParse(String command) {
    Outcome help = Outcome.of((Object[]) (command + " --help").split(" "));
    assertEquals(0, help.code());
    List<String> lines = help.out().lines().toList();
    assertTrue(lines.size() <= 24, help.out());
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), help.out());
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith(EXAMPLES), last);
    for (String example : last.substring(EXAMPLES.length()).split(" \\| ", -1)) {
      assertTrue((example + " ").startsWith("dunlin " + command + " "), example);
      String[] words =
          example.substring("dunlin ".length()).replaceAll("\"[^\"]*\"", "prompt").split(" ");
      Main.commandLine().parseArgs(words);
    }
  }

  @Test
  void shouldListTheBoards() {
    for (String list : List.of("list", "?")) {
      Outcome boards = Outcome.of("plan", "--board", list);
      assertEquals(0, boards.code());
      assertEquals("", boards.err());
      assertEquals(BoardTypes.NAMES.size(), boards.out().lines().count());
      assertTrue(boards.out().contains("\nstm32f405 "), boards.out());
    }
  }

  @Test
  void shouldSayWhichCommandsThereAreWhereNoneIsGiven() {
    for (Object[] words : new Object[][] {{}, {"-v"}}) {
      Outcome outcome = Outcome.of(words);
      assertEquals(2, outcome.code());
      assertEquals("", outcome.out());
      assertEquals(Outcome.of("--help").out(), outcome.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void shouldListEveryCommand(String option) {
    String help = Outcome.of(option).out();
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      assertTrue(help.contains("\n  " + command + " "), help);
    }
  }
}

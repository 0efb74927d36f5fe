package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a page shows below a command is what the command prints, but for the speed of the computer.
 * {@code -Dgolden.write=true} writes it anew.
 */
@Tag("slow")
class DocumentedOutputTest {
  private static final Path MODELS = Path.of("..", "models");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^(```console\\n\\$ \\./dunlin )(.*)\\n((?s:.*?))^```$");

  private static final Pattern LONG_LINE = Pattern.compile("(?m)^.{101,}$");
  private static final String ROW = "(.{1,100})(?: |$)";

  @BeforeEach
  void findTheModel() {
    assumeTrue(Files.exists(MODELS.resolve("stint")), "models/stint is not there");
    System.setProperty("dunlin.models", MODELS.toString());
  }

  @AfterEach
  void forgetTheModel() {
    System.clearProperty("dunlin.models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../README.md", "../docs/commands.md"})
  void shouldBeWhatTheCommandPrints(String page) throws IOException {
    Path file = Path.of(page);
    String text = Files.readString(file);
    Matcher examples = EXAMPLE.matcher(text);
    assertTrue(examples.find(), "no example");
    String actual = examples.replaceAll(DocumentedOutputTest::actual);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, actual);
    } else {
      assertEquals(timeless(text), timeless(actual));
    }
  }

  private static String actual(MatchResult example) {
    Outcome outcome = Outcome.of((Object[]) example.group(2).split(" ", -1));
    String printed = wrapped(outcome.out() + outcome.err());
    return Matcher.quoteReplacement(example.group(1) + example.group(2) + "\n" + printed + "```");
  }

  /** As a terminal shows it, but between words. */
  private static String wrapped(String text) {
    return LONG_LINE
        .matcher(text)
        .replaceAll(
            line -> Matcher.quoteReplacement(line.group().replaceAll(ROW, "$1\n").stripTrailing()));
  }

  private static String timeless(String text) {
    return text.replaceAll("[0-9,]+ tokens/s", "N tokens/s");
  }
}

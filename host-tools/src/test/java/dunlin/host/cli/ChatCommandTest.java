package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatCommandTest extends WithTinyModel {
  private final InputStream stdin = System.in;

  @AfterEach
  void restoreStdin() {
    System.setIn(stdin);
  }

  @Test
  void shouldFeedOnlyWhatIsNew() throws IOException {
    JsonNode turns = chat("ab\nc\n", "--steps", 2, "--json", "-").json().get("turns");
    assertEquals(2, turns.size());
    assertEquals(prompt("ab") + 1, turns.get(0).get("fedTokens").asInt());
    assertEquals(1 + prompt("c") - 1 + 1, turns.get(1).get("fedTokens").asInt(), "no BOS again");
  }

  /** Tokens of a prompt, BOS included. */
  private int prompt(String text) throws IOException {
    return Outcome.of("run", "--model", model, "--prompt", text, "--steps", 1, "--json", "-")
        .json()
        .get("promptTokens")
        .size();
  }

  @Test
  void shouldPrintAnAnswerALineAndNothingElseOnStdout() throws IOException {
    JsonNode turns = chat("ab\nc\n", "--steps", 2, "--json", "-").json().get("turns");
    Outcome chat = chat("ab\nc\n", "--steps", 2);
    String first = turns.get(0).get("text").asText().substring("ab".length());
    String second = turns.get(1).get("text").asText().substring(" c".length());
    assertEquals(first + "\n" + second + "\n", chat.out());
    assertTrue(chat.err().startsWith("1 × emulated: "), chat.err());
    assertTrue(chat.err().contains("\n4 tokens, "), chat.err());
  }

  @Test
  void shouldEndWithAnEmptyLineOrQuit() {
    String answer = chat("ab\n", "--steps", 2).out();
    for (String rest : List.of("\nab\n", "/quit\nab\n", "  \nab\n")) {
      assertEquals(answer, chat("ab\n" + rest, "--steps", 2).out());
    }
    assertEquals("", chat("", "--steps", 2).out());
    assertEquals(0, chat("", "--steps", 2).code());
  }

  @Test
  void shouldBeginAnew() {
    String answer = chat("ab\n", "--steps", 2).out();
    assertEquals(answer + answer, chat("ab\n/new\nab\n", "--steps", 2).out());
  }

  @Test
  void shouldSayThatTheContextIsFullAndBeginAnew() throws IOException {
    Outcome chat = chat("abcdabc\nabcd\nab\n", "--steps", 9);
    String notice = "dunlin: the context of 12 tokens is full: your next line begins a new text\n";
    assertTrue(chat.err().startsWith(notice), chat.err());
    String fresh = chat("abcd\nab\n", "--steps", 9).out();
    assertTrue(chat.out().endsWith("\n" + fresh), chat.out());
  }

  @Test
  void shouldSayThatALineHasNoRoomAndBeginAnew() {
    Outcome chat = chat("abcda\nabcdab\n", "--steps", 1);
    String notice = "dunlin: the context of 12 tokens is full: this line begins a new text\n";
    assertTrue(chat.err().startsWith(notice), chat.err());
    String fresh = chat("abcdab\n", "--steps", 1).out();
    assertTrue(chat.out().endsWith("\n" + fresh), chat.out());
  }

  @Test
  void shouldRefuseALineThatTheModelCannotRead() {
    Outcome chat = chat("az\n");
    assertEquals(1, chat.code());
    assertEquals("", chat.out());
    assertTrue(chat.err().startsWith("dunlin: text: character U+007A 'z' "), chat.err());
    Outcome tooLong = chat("abcdabcdabcdabcd\n");
    assertEquals(
        "dunlin: 16 characters are more than the context holds: say less\n", tooLong.err());
  }

  private Outcome chat(String lines, Object... options) {
    System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    Object[] all = new Object[3 + options.length];
    all[0] = "chat";
    all[1] = "--model";
    all[2] = model;
    System.arraycopy(options, 0, all, 3, options.length);
    return Outcome.of(all);
  }
}

package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvaluateCommandTest extends WithTinyModel {
  private Path stories;

  @BeforeEach
  void write() throws IOException {
    stories = Files.writeString(folder.resolve("s.txt"), "abcd<|endoftext|>dab ca<|endoftext|>dd");
  }

  @Test
  void shouldCompareOnTheStoriesThatAreAskedFor() throws IOException {
    JsonNode all = evaluate("--json", "-").json();
    assertEquals(3, all.get("stories").asInt());
    // The tokenizer begins a text with a blank, which is predicted too.
    assertEquals(5 + 7 + 3, all.get("tokens").asInt());
    double perplexity = all.get("floatPerplexity").asDouble();
    assertEquals(
        all.get("perplexityLoss").asDouble(),
        all.get("int8Perplexity").asDouble() / perplexity - 1,
        1e-12);
    assertEquals(0, all.get("perplexityLoss").asDouble(), 0.05);
    assertNull(all.get("layers"));
    JsonNode some = evaluate("--stories", 2, "--tokens", 4, "--json", "-").json();
    assertEquals(3 + 3, some.get("tokens").asInt());
  }

  @Test
  void shouldFindTheSameForBothLayoutsOfWeights() {
    assertEquals(
        evaluate("--weights", "plain", "--json", "-").out(),
        evaluate("--weights", "packed", "--json", "-").out());
  }

  @Test
  void shouldShowATableAndEveryOpWithLayers() {
    String table = evaluate().out();
    assertTrue(
        table.startsWith("stories                   3\ntokens predicted         15\n"), table);
    String layers = evaluate("--layers").out();
    assertTrue(layers.startsWith(table), layers);
    String ops = layers.substring(table.length());
    assertTrue(ops.contains("\n1      feed forward residual  "), ops);
    assertTrue(ops.endsWith("first divergence (cosine below 0.99): none\n"), ops);
    assertEquals(1 + 1 + 3 + 2 * 11 + 2, ops.lines().count(), ops);
  }

  private Outcome evaluate(Object... more) {
    Object[] arguments = new Object[5 + more.length];
    System.arraycopy(
        new Object[] {"evaluate", "--model", model, "--text", stories}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Outcome.of(arguments);
  }
}

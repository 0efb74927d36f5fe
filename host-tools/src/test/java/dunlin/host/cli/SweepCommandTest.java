package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.host.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SweepCommandTest extends WithTinyModel {
  private static final int PATIENCE_MILLIS = 60_000;

  private Object[] sweep(Path output, Object... more) {
    List<Object> words = new ArrayList<>(List.of("sweep", "--model", model, "--output", output));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  @Test
  void shouldHaveALineForEveryFlock() throws IOException {
    Path file = folder.resolve("it.csv");
    Outcome outcome =
        Outcome.of(
            sweep(
                file,
                "--board",
                "stm32f405,siracusa",
                "--nodes",
                "1..4,auto",
                "--topology",
                "tree,ring",
                "--objective",
                "latency,boards",
                "--most",
                2));
    assertEquals("", outcome.err());
    assertEquals(0, outcome.code());
    List<String> lines = Files.readAllLines(file);
    assertEquals(1 + 2 * (1 + 2 * 2 + 2), lines.size()); // one node has no topology
    assertEquals(file.toString(), outcome.out().lines().reduce((a, b) -> b).orElseThrow());
  }

  @Test
  void shouldGoOnWhereItWasStopped() throws IOException {
    Path file = folder.resolve("it.csv");
    Object[] words = sweep(file, "--nodes", "1..8");
    Outcome first = Outcome.of(words);
    String whole = Files.readString(file);
    int torn = whole.lastIndexOf('\n', whole.length() - 2) + 9;
    Files.writeString(file, whole.substring(0, torn));
    Outcome again = Outcome.of(words);
    assertEquals(whole, Files.readString(file));
    assertEquals(first.out(), again.out());
    assertEquals(
        "dunlin: %s: 3 of 4 flocks are there%ndunlin: %s: a line without an end was dropped%n"
            .formatted(file, file),
        again.err());
  }

  @Test
  void shouldRefuseAFileOfAnotherModelInOneLine() throws IOException {
    Path file = folder.resolve("it.csv");
    Object[] words = sweep(file, "--nodes", "1");
    assertEquals(0, Outcome.of(words).code());
    writeModel(LARGE);
    Outcome other = Outcome.of(words);
    assertEquals(1, other.code());
    assertEquals(1, other.err().lines().count(), other.err());
    assertTrue(other.err().contains("line 2 is of another sweep, of a model tiny with hash "));
  }

  @Test
  void shouldReportRowsAsJson() throws IOException {
    Path file = folder.resolve("it.csv");
    JsonNode rows = Outcome.of(sweep(file, "--nodes", "1,3", "--json", "-")).json();
    assertEquals(2, rows.size());
    assertEquals(3, rows.get(1).get("nodes").asInt());
    assertTrue(rows.get(1).get("remark").isNull());
  }

  @Test
  void shouldLeaveNothingWhereTheCommandIsWrong() {
    Path file = folder.resolve("it.csv");
    assertEquals(1, Outcome.of("sweep", "--model", "none", "--output", file).code());
    assertFalse(Files.exists(file));
  }

  /** A process that is killed, however hard, leaves a file that the next one goes on with. */
  @Test
  @Tag("slow")
  void shouldSurviveAKill() throws IOException, InterruptedException {
    Object[] axes = {"--nodes", "1..64", "--topology", "tree,chain,ring", "--threads", 1};
    Path whole = folder.resolve("whole.csv");
    assertEquals(0, Outcome.of(sweep(whole, axes)).code());
    Path file = folder.resolve("it.csv");
    List<String> words = new ArrayList<>(List.of(Main.class.getName()));
    Arrays.stream(sweep(file, axes)).map(String::valueOf).forEach(words::add);
    Process process = OtherJvm.start(folder.resolve("log.txt"), List.of(), words);
    long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (process.isAlive() && (!Files.exists(file) || Files.readAllLines(file).size() < 4)) {
      assertTrue(System.currentTimeMillis() < deadline, "nothing is written");
      Thread.sleep(1);
    }
    process.destroyForcibly().waitFor();
    long lines = Files.readString(file).lines().count();
    assertTrue(lines >= 4 && lines < Files.readAllLines(whole).size(), lines + " lines");
    assertEquals(0, Outcome.of(sweep(file, axes)).code());
    assertEquals(Files.readString(whole), Files.readString(file));
  }
}

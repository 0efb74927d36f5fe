package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanCommandTest extends WithTinyModel {
  @Test
  void shouldShowWiringNodesAndTraffic() {
    Outcome plan = Outcome.of("plan", "--model", model, "--nodes", 3, "--board", "stm32f405");
    assertEquals(0, plan.code(), plan.err());
    assertEquals("", plan.err());
    assertLinesMatch(
        List.of(
            "model    tiny, hash [0-9a-f]{16}",
            "plan     hash [0-9a-f]{16}",
            "boards   3 × stm32f405, tree of uart links",
            "context  12 tokens, chunks of 8, packed weights",
            "fits     yes",
            "",
            "host --- 0 -\\+- 1",
            "            `- 2",
            "",
            "node +layers +KV heads +columns +tokens +weights +tables +program +flash +room",
            ">> nodes >>",
            "",
            "node +region +KV cache +buffers +RAM +room",
            " +0 +SRAM +\\d+ .* 120,832",
            ">> nodes >>",
            "Rings, a receive queue for each port in use: at most 2,448 bytes, .*",
            "",
            "per token +frames +bytes +link 0 - 1",
            "request +3\\.0 +120\\.0 +40\\.0",
            ">> kinds >>",
            "result +1\\.0 +24\\.0 +0\\.0",
            "all .*",
            ">> sums >>"),
        plan.out().lines().toList());
  }

  @Test
  void shouldPlanWhatIsBuiltAndRun() throws IOException {
    Object[] options = {"--model", model, "--nodes", 4, "--split", "3,1,2,1", "--chunk", 3};
    JsonNode plan = json("plan", options);
    JsonNode build = json("build", with(options, "--output", folder.resolve("images")));
    assertEquals(build.get("planHash"), plan.get("planHash"));
    assertEquals(4, plan.get("flock").size());
    for (int rank = 0; rank < 4; rank++) {
      JsonNode planned = plan.get("flock").get(rank);
      JsonNode image = build.get("images").get(rank);
      assertEquals(planned.get("flash").get("bytes"), image.get("flashBytes"));
      assertEquals(planned.get("ram").get(0).get("bytes"), image.get("ram").get(0).get("bytes"));
    }
    JsonNode run = json("run", with(options, "--steps", 3));
    long decoded = run.get("wireBytes").asLong() / 3; // the prompt is one token
    JsonNode token = plan.get("token");
    assertTrue(decoded >= token.get("leastBytes").asLong(), token::toString);
    assertTrue(decoded <= token.get("mostBytes").asLong(), token::toString);
  }

  @Test
  void shouldSayWhyItSaysNoTime() {
    Outcome plan =
        Outcome.of("plan", "--model", model, "--board", "stm32f405", "--weights", "plain");
    assertEquals(
        "Time is not known: of plain weights on stm32f405 it is not known how fast they are: leave"
            + " --weights out.",
        plan.out().lines().reduce((before, last) -> last).orElseThrow());
  }

  @Test
  void shouldCountTheCandidatesOfTopK() throws IOException {
    Object[] options = {"--model", model, "--nodes", 3, "--split", "3,2,2"};
    JsonNode plan = json("plan", with(options, "--top-k", 2)).get("token");
    assertEquals(2, plan.get("topK").asInt());
    Object[] drawn = with(options, "--temperature", 1, "--top-k", 2, "--steps", 4);
    double bytes = json("run", drawn).get("wireBytesPerToken").asDouble();
    assertTrue(bytes >= plan.get("leastBytes").asDouble(), plan::toString);
    assertTrue(bytes <= plan.get("mostBytes").asDouble(), plan::toString);
    JsonNode greedy = json("plan", options).get("token");
    assertEquals(greedy.get("bytes").asDouble() + 16, plan.get("bytes").asDouble(), "2 links");
    JsonNode all = json("plan", with(options, "--top-k", 9)).get("token");
    assertEquals(greedy, all, "as many as the vocabulary are all");
  }

  @Test
  void shouldListTheProgramsThatInspectLists() {
    Path images = folder.resolve("images");
    Object[] options = {"--model", model, "--nodes", 2};
    Outcome plan = Outcome.of(with(with("plan", options), "--listing"));
    Outcome.of(with(with("build", options), "--output", images));
    for (int rank = 0; rank < 2; rank++) {
      Path image = images.resolve("tiny-emulated-" + rank + ".img");
      String text = Outcome.of("inspect", image, "--listing").out();
      String listing = text.substring(text.indexOf("\n   0 ") + 1);
      assertTrue(plan.out().contains("\nnode " + rank + "\n" + listing), plan.out());
    }
  }

  @Test
  void shouldSayThatOneBoardIsFaster() throws IOException {
    Object[] options = {"--model", model, "--board", "stm32f405", "--nodes"};
    JsonNode alone = json("plan", with(options, 2)).get("time").get("alone");
    JsonNode one = json("plan", with(options, 1)).get("time");
    assertEquals("stm32f405", alone.get("board").asText());
    assertEquals(one.get("nanoseconds"), alone.get("nanoseconds"));
    assertEquals(one.get("microjoules"), alone.get("microjoules"));
    String line = "One board is faster: .* ms and .* µJ, with --board stm32f405 --nodes 1\\.";
    assertTrue(lines(with(options, 2)).anyMatch(said -> said.matches(line)));
    assertTrue(lines(with(options, 1)).noneMatch(said -> said.matches(line)));
  }

  @Test
  void shouldSayWhereTheEnergyGoes() throws IOException {
    Object[] options = {"--model", model, "--board", "stm32f405", "--nodes", 2};
    JsonNode time = json("plan", options).get("time");
    double sum = 0;
    for (JsonNode part : time.get("energy")) {
      sum += part.asDouble();
    }
    assertEquals(time.get("microjoules").asDouble(), sum, 1e-9);
    String line = "Of these µJ: compute [0-9.,]+, links [0-9.,]+, idle [0-9.,]+\\.";
    assertTrue(lines(options).anyMatch(said -> said.matches(line)));
  }

  private static Stream<String> lines(Object[] options) {
    return Outcome.of(with("plan", options)).out().lines();
  }

  @Test
  void shouldPlanAScheduleForARun() throws IOException {
    Object[] options = {"--model", model, "--nodes", 3, "--board", "stm32f405"};
    Object[] overlapped = with(options, "--schedule", "overlapped", "--topology", "tree-2");
    JsonNode plan = json("plan", overlapped);
    assertEquals("overlapped", plan.get("schedule").asText());
    assertEquals("tree-2", plan.get("topology").asText());
    JsonNode run = json("run", with(overlapped, "--steps", 2));
    assertEquals(plan.get("planHash"), run.get("planHash"));
    assertEquals(json("run", with(options, "--steps", 2)).get("tokens"), run.get("tokens"));
  }

  @Test
  void shouldFindWhatTheBoardsOfARigShouldHold() throws IOException {
    String text =
        """
        topology = "chain"
        [[boards]]
        rank = 0
        type = "nucleo-l476rg"
        [[boards]]
        rank = 1
        type = "stm32f405"
        """;
    Path rig = Files.writeString(folder.resolve("rig.toml"), text);
    Object[] options = {"--model", model, "--rig", rig};
    JsonNode plan = json("plan", with(options, "--nodes", "auto"));
    assertEquals("nucleo-l476rg,stm32f405", plan.get("board").asText());
    assertEquals("chain", plan.get("topology").asText());
    String[] found = plan.get("search").get("options").asText().split(" ");
    assertEquals("--split", found[0]);
    JsonNode again = json("plan", with(options, (Object[]) found));
    assertEquals(plan.get("planHash"), again.get("planHash"));
    Outcome run = Outcome.of(with("run", with(options, "--nodes", "auto")));
    assertEquals(
        "dunlin: --nodes auto: ask plan, and give the options that it prints\n", run.err());
  }

  @Test
  void shouldRefuseToChooseWhatIsChosen() {
    Object[] options = {"--model", model, "--board", "stm32f405", "--nodes", "auto"};
    Outcome plan = Outcome.of(with("plan", with(options, "--topology", "ring")));
    assertEquals(
        "dunlin: --nodes auto with --topology: leave the choice to the search\n", plan.err());
  }

  @Test
  void shouldSearchForAnEncoderByWhatAnInputTakes() {
    Outcome plan =
        Outcome.of(
            "plan",
            "--model",
            "ecgformer",
            "--board",
            "stm32f405",
            "--nodes",
            "auto",
            "--most",
            "3");
    assertEquals(0, plan.code(), plan.err());
    assertTrue(plan.out().contains("inputs/s"), plan.out());
    assertTrue(plan.out().contains("per input"), plan.out());
    assertTrue(plan.out().contains("An input takes"), plan.out());
  }

  @Test
  void shouldShowAPlanThatDoesNotFitAndSayWhatWould() throws IOException {
    writeModel(LARGE);
    Path text = Files.writeString(folder.resolve("text.txt"), "abc");
    Object[] options = {"--model", model, "--calibration", text, "--board", "nucleo-l476rg"};
    Path file = folder.resolve("plan.json");
    Outcome plan = Outcome.of(with(with("plan", options), "--json", file));
    assertEquals(1, plan.code());
    assertTrue(plan.out().contains("\nfits     no\n"), plan::toString);
    assertTrue(plan.out().contains("  too many\n"), plan.out());
    JsonNode remedies = new ObjectMapper().readTree(file.toFile()).get("remedies");
    int nodes = remedies.get(0).get("nodes").asInt();
    assertLinesMatch(
        List.of(
            "dunlin: model on nucleo-l476rg: needs 1,.* bytes of flash \\(.* too many\\), .* of SRAM1"
                + " \\(.* too many\\), .* of SRAM2 \\(.* too many\\): --nodes "
                + nodes
                + " in equal parts would fit(, so would .*)?; plan --nodes auto finds the best"),
        plan.err().lines().toList());
    assertEquals(0, Outcome.of(with(with("plan", options), "--nodes", nodes)).code());
    assertEquals(1, Outcome.of(with(with("plan", options), "--nodes", nodes - 1)).code());
  }

  @Test
  void shouldSayThatStagesHangBelowEachOther() {
    Outcome plan = Outcome.of("plan", "--model", model, "--nodes", 4, "--stages", 2);
    assertTrue(plan.out().contains(", 2 stages, each a tree of uart links\n"), plan.out());
    assertTrue(plan.out().contains("\nhost --- 0 -+- 1\n            `- 2 --- 3\n"), plan.out());
  }

  private static JsonNode json(String command, Object... options) throws IOException {
    return Outcome.of(with(with(command, options), "--json", "-")).json();
  }

  private static Object[] with(String command, Object[] options) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(options));
    return all.toArray();
  }

  private static Object[] with(Object[] options, Object... more) {
    List<Object> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray();
  }
}

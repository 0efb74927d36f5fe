package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.qemu.QemuBoards;
import dunlin.host.checkpoint.Bert;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/json.md names every field that the commands write, and no other. */
class JsonDocumentTest extends WithTinyModel {
  private static final Path DOCUMENT = Path.of("..", "docs", "json.md");
  private static final Pattern FIELD = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  /** Objects whose fields are data. */
  private static final List<String> MAPS =
      List.of(
          "constantBytes",
          "program[].fields",
          "flock[].program[].fields",
          "[].factors",
          "inputs[].scores",
          "inputs[].logits");

  @Test
  void shouldNameTheFieldsOfBuild() throws IOException {
    assertEquals(named("build"), written("build", "--model", model, "--output", folder));
  }

  @ParameterizedTest
  @CsvSource({"build: firmware, stm32f405", "build: MicroEJ, microej"})
  @Tag("slow")
  void shouldNameTheFieldsOfFirmware(String section, String board) throws IOException {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    assertEquals(named(section), written("build", "--board", board, "--output", folder));
  }

  @Test
  @Tag("slow")
  void shouldNameTheFieldsOfKernels() throws IOException {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    assumeTrue(QemuBoards.installed(), "QEMU: sudo apt install qemu-system-arm");
    assertEquals(
        named("bench kernels"),
        written("bench", "kernels", "--board", "mps2-an386", "--kernel", "attention,gate"));
  }

  @Test
  @Tag("slow")
  void shouldNameTheFieldsOfAnEncodersAttention() throws IOException {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    assumeTrue(QemuBoards.installed(), "QEMU: sudo apt install qemu-system-arm");
    assertEquals(
        named("bench attention"),
        written("bench", "attention", "--board", "stm32f405", "--shape", "4/32/8/32"));
  }

  @Test
  @Tag("slow")
  void shouldNameTheFieldsOfAMeasuredToken() throws IOException {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    assumeTrue(QemuBoards.installed(), "QEMU: sudo apt install qemu-system-arm");
    assertEquals(
        named("bench token"),
        written("bench", "token", "--model", model, "--position", 3, "--board", "mps2-an386"));
  }

  @Test
  @Tag("slow")
  void shouldNameTheFieldsOfACoresCosts() throws IOException {
    assumeTrue(FirmwareBuild.possible(), "firmware: sudo apt install gcc-arm-none-eabi");
    assumeTrue(QemuBoards.installed(), "QEMU: sudo apt install qemu-system-arm");
    assertEquals(named("bench costs"), written("bench", "costs", "--board", "mps2-an386"));
  }

  @Test
  @Tag("slow")
  void shouldNameTheFieldsOfReproducedFigures() throws IOException {
    assertEquals(named("reproduce distributed"), written("reproduce", "distributed"));
  }

  @Test
  @Tag("slow")
  void shouldNameTheFieldsOfReproducedEncoders() throws IOException {
    assertEquals(named("reproduce tiny"), written("reproduce", "tiny"));
  }

  @Test
  void shouldNameTheFieldsOfASweep() throws IOException {
    Path file = folder.resolve("it.csv");
    assertEquals(
        named("sweep"), written("sweep", "--model", model, "--nodes", 1, "--output", file));
  }

  @Test
  void shouldNameTheFieldsOfRun() throws IOException {
    Set<String> fields = named("build");
    fields.removeIf(JsonDocumentTest::isOfImages);
    fields.addAll(named("run"));
    assertEquals(fields, written("run", "--model", model, "--steps", 2));
  }

  @Test
  void shouldNameTheFieldsOfMonitor() throws IOException {
    Set<String> fields = named("build");
    fields.removeIf(JsonDocumentTest::isOfImages);
    fields.addAll(List.of("rig", "temperature", "topK", "seed", "rejoins", "faults"));
    named("run").stream().filter(field -> field.startsWith("links[]")).forEach(fields::add);
    fields.addAll(named("monitor"));
    assertEquals(fields, written("monitor", "--model", model, "--seconds", 1));
  }

  @Test
  void shouldNameTheFieldsOfFlashAndVerify() throws IOException {
    Set<String> fields = named("build");
    fields.removeIf(JsonDocumentTest::isOfImages);
    fields.addAll(named("flash and verify"));
    Files.write(folder.resolve("stm32f405.bin"), new byte[4]);
    for (String command : List.of("flash", "verify")) {
      Object[] arguments = {
        command,
        "--model",
        model,
        "--board",
        "stm32f405",
        "--firmware",
        folder,
        "--by",
        "qemu",
        "--port",
        folder.resolve("flash.bin")
      };
      assertEquals(fields, written(arguments));
    }
  }

  @Test
  void shouldNameTheFieldsOfChat() throws IOException {
    Set<String> fields = named("build");
    fields.removeIf(JsonDocumentTest::isOfImages);
    fields.addAll(List.of("rig", "temperature", "topK", "seed"));
    fields.addAll(named("chat"));
    InputStream stdin = System.in;
    try {
      System.setIn(new ByteArrayInputStream(new byte[] {'a', '\n'}));
      assertEquals(fields, written("chat", "--model", model, "--steps", 2));
    } finally {
      System.setIn(stdin);
    }
  }

  @Test
  void shouldNameTheFieldsOfAPlanThatFits() throws IOException {
    Set<String> fields = named("plan");
    fields.removeIf(field -> field.startsWith("remedies[]") || field.startsWith("search."));
    fields.remove("timeUnknown");
    Object[] plan = {"plan", "--model", model, "--nodes", 2, "--board", "stm32f405"};
    assertEquals(
        fields,
        written(Stream.concat(Stream.of(plan), Stream.of("--listing", "--wiring")).toArray()));
  }

  @Test
  void shouldNameTheFieldsOfAPlanThatDoesNotFit() throws IOException {
    Set<String> fields = named("plan");
    fields.removeIf(field -> field.startsWith("flock[].program") || field.startsWith("cables[]"));
    fields.removeIf(field -> field.startsWith("time.") || field.startsWith("search."));
    writeModel(LARGE);
    assertEquals(fields, written("plan", "--model", model, "--board", "stm32f405", "--listing"));
  }

  @Test
  void shouldNameTheFieldsOfAPlanForAnEncoder() throws IOException {
    Set<String> fields = named("plan");
    fields.removeIf(field -> field.startsWith("token.") || field.startsWith("search."));
    fields.removeIf(field -> field.startsWith("remedies[]"));
    fields.removeAll(Set.of("time.position", "time.tokensPerSecond", "timeUnknown"));
    fields.addAll(named("plan: an encoder"));
    Object[] plan = {"plan", "--model", "s32-e64-h16-p64", "--nodes", 2, "--board", "stm32f405"};
    assertEquals(
        fields,
        written(Stream.concat(Stream.of(plan), Stream.of("--listing", "--wiring")).toArray()));
  }

  @Test
  void shouldNameTheFieldsOfAPlanThatWasFound() throws IOException {
    Set<String> fields = named("plan");
    fields.removeIf(field -> field.startsWith("remedies[]") || field.startsWith("time.alone."));
    fields.remove("timeUnknown");
    Object[] plan = {"plan", "--shape", "stories260K", "--nodes", "auto", "--most", 6};
    assertEquals(
        fields,
        written(
            Stream.concat(
                    Stream.of(plan),
                    Stream.of(
                        "--board", "stm32f405", "--listing", "--wiring", "--objective", "energy"))
                .toArray()));
  }

  @Test
  void shouldNameTheFieldsOfWhatTheDoctorFinds() throws IOException {
    Set<String> written = written("doctor", "--port", folder.resolve("none"));
    assertEquals(named("doctor"), written);
  }

  @Test
  void shouldNameTheFieldsOfAnImage() throws IOException {
    Path image = folder.resolve("it.img");
    assertEquals(0, Outcome.of("build", "--model", model, "--output", image).code());
    assertEquals(named("inspect: an image"), written("inspect", image, "--listing"));
  }

  @Test
  void shouldNameTheFieldsOfACheckpoint() throws IOException {
    assertEquals(named("inspect: a checkpoint"), written("inspect", model));
  }

  @Test
  void shouldNameTheFieldsOfAnEncoder() throws IOException {
    assertEquals(named("inspect: an encoder"), written("inspect", "ecgformer"));
  }

  @Test
  void shouldNameTheFieldsOfClassify() throws IOException {
    Set<String> fields = named("build");
    fields.removeIf(JsonDocumentTest::isOfImages);
    fields.add("rig");
    fields.addAll(named("classify"));
    assertEquals(fields, written("classify", "--model", "ecgformer", "--input", heartbeat(folder)));
  }

  @Test
  void shouldNameTheFieldsOfAnEncoderOfText() throws IOException {
    Set<String> fields = named("inspect: an encoder");
    fields.removeIf(field -> field.startsWith("config.frontEnd"));
    fields.addAll(named("inspect: an encoder of text"));
    assertEquals(fields, written("inspect", Bert.MOBILE.folder()));
  }

  @Test
  void shouldNameTheFieldsOfAnAnswer() throws IOException {
    Set<String> fields = named("build");
    fields.removeIf(JsonDocumentTest::isOfImages);
    fields.add("rig");
    fields.addAll(named("answer"));
    Object model = Bert.MOBILE.folder();
    assertEquals(
        fields, written("answer", "--model", model, "--question", "Who?", "--context", "A bird."));
  }

  @Test
  void shouldNameTheFieldsOfAnEvaluationOfQuestions() throws IOException {
    String squad =
        """
        {"data": [{"paragraphs": [{"context": "A bird.", "qas": [
          {"id": "1", "question": "Who?", "answers": [{"text": "bird"}]}]}]}]}
        """;
    Path file = Files.writeString(folder.resolve("squad.json"), squad);
    assertEquals(
        named("evaluate: questions"),
        written("evaluate", "--model", Bert.MOBILE.folder(), "--squad", file, "--layers"));
  }

  @Test
  void shouldNameTheFieldsOfAnEvaluationOfLabelledInputs() throws IOException {
    Path set = folder.resolve("set");
    heartbeat(Files.createDirectories(set.resolve("normal")));
    assertEquals(
        named("evaluate: labelled inputs"),
        written("evaluate", "--model", "ecgformer", "--labelled", set, "--layers"));
  }

  @Test
  void shouldNameTheFieldsOfEvaluate() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "abc");
    assertEquals(
        named("evaluate"), written("evaluate", "--model", model, "--text", text, "--layers"));
  }

  /** An input for ecgformer. */
  private static Path heartbeat(Path folder) throws IOException {
    return Files.writeString(folder.resolve("beat.csv"), "0.5\n".repeat(198));
  }

  /** What {@code build} alone writes. */
  private static boolean isOfImages(String field) {
    return field.startsWith("images[]") || field.equals("manifest");
  }

  private static Set<String> named(String heading) throws IOException {
    String section = Files.readString(DOCUMENT).split("(?m)^## " + heading + "$", 2)[1];
    return FIELD
        .matcher(section.split("(?m)^## ", 2)[0])
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> written(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "-"));
    Set<String> paths = new TreeSet<>();
    addPaths(Outcome.of(all.toArray()).json(), "", paths);
    return paths;
  }

  private static void addPaths(JsonNode node, String path, Set<String> paths) {
    if (node.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties()
          .forEach(
              field ->
                  addPaths(
                      field.getValue(),
                      prefix + (MAPS.contains(path) ? "*" : field.getKey()),
                      paths));
    } else if (node.isArray()) {
      node.forEach(element -> addPaths(element, path + "[]", paths));
    } else {
      paths.add(path);
    }
  }
}

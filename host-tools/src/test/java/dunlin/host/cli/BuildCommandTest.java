package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.host.SharedModels;
import dunlin.host.compile.ImageSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuildCommandTest extends WithTinyModel {
  @Test
  void shouldWriteTheImageAndNothingElseIntoAFolder() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    Outcome build =
        Outcome.of("build", "--model", model, "--board", "stm32f405", "--output", images);
    assertEquals(0, build.code(), build.err());
    assertEquals("", build.err());
    Path image = images.resolve("tiny-stm32f405.img");
    try (Stream<Path> all = Files.list(images)) {
      assertEquals(List.of(image), all.toList());
    }
    assertTrue(build.out().startsWith("image    " + image + "\n"), build.out());
    assertEquals(Files.size(image), ImageSummary.of("", Files.readAllBytes(image)).bytes());
  }

  @Test
  void shouldReportTheHashesAndTheRoomThatTheImageTakes() throws IOException {
    Path image = folder.resolve("it.img");
    JsonNode report =
        Outcome.of(
                "build",
                "--model",
                model,
                "--board",
                "nucleo-l476rg",
                "--output",
                image,
                "--json",
                "-")
            .json();
    byte[] bytes = Files.readAllBytes(image);
    ImageSummary summary = ImageSummary.of("", bytes);
    assertEquals(bytes.length, report.get("flashBytes").asInt());
    assertEquals(983_040, report.get("flashRoom").asInt());
    assertEquals(PlanSummary.hash(summary.modelHash()), report.get("modelHash").asText());
    assertEquals(PlanSummary.hash(summary.planHash()), report.get("planHash").asText());
    assertEquals("packed", report.get("weights").asText());
    JsonNode ram = report.get("ram");
    assertEquals("SRAM1", ram.get(0).get("region").asText());
    assertEquals(98_304, ram.get(0).get("room").asInt());
    for (int region = 0; region < ram.size(); region++) {
      assertEquals(summary.ramBytes().get(region), ram.get(region).get("bytes").asInt());
    }
  }

  @Test
  void shouldBuildTheSameBytesAgain() throws IOException {
    Path one = folder.resolve("one.img");
    Path two = folder.resolve("two.img");
    Outcome.of("build", "--model", model, "--output", one);
    Outcome.of("build", "--model", model, "--output", two);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void shouldNameAContextThatWouldFitAndDoes() throws IOException {
    Path stories = SharedModels.require("stories260K");
    Outcome tooLarge = build(stories, 512);
    Matcher error =
        Pattern.compile(
                "dunlin: stories260K on stm32f405: needs .* of SRAM, .* more than there are:"
                    + " --context (\\d+) would fit, so would --nodes 2 in equal parts\n")
            .matcher(tooLarge.err());
    assertTrue(error.matches(), tooLarge.err());
    assertEquals(1, tooLarge.code());
    int fits = Integer.parseInt(error.group(1));
    assertEquals(0, build(stories, fits).code());
    assertEquals(1, build(stories, fits + 1).code());
  }

  /** On a short text: what fits does not depend on it. */
  private Outcome build(Path source, int context) throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "One day.");
    return Outcome.of(
        "build",
        "--model",
        source,
        "--calibration",
        text,
        "--board",
        "stm32f405",
        "--context",
        context,
        "--output",
        folder);
  }
}

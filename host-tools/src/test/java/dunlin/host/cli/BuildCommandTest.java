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
import java.util.Locale;
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
    assertEquals(86_016, ram.get(0).get("room").asInt());
    for (int region = 0; region < ram.size(); region++) {
      assertEquals(summary.ramBytes().get(region), ram.get(region).get("bytes").asInt());
    }
  }

  @Test
  void shouldMakeTheFolderThatTheOutputNames() throws IOException {
    Path images = folder.resolve("new/images");
    Outcome build = Outcome.of("build", "--model", model, "--output", images);
    assertEquals(0, build.code(), build.err());
    assertTrue(Files.exists(images.resolve("tiny-emulated.img")));
  }

  @Test
  void shouldWriteAnImageForEachRank() throws IOException {
    Path images = folder.resolve("images");
    Outcome build = Outcome.of("build", "--model", model, "--nodes", 11, "--output", images);
    assertEquals(0, build.code(), build.err());
    try (Stream<Path> all = Files.list(images)) {
      assertEquals(11, all.count());
    }
    for (int rank = 0; rank < 11; rank++) {
      Path image = images.resolve("tiny-emulated-" + rank + ".img");
      ImageSummary summary = ImageSummary.of("", Files.readAllBytes(image));
      assertEquals(rank, summary.rank());
      assertEquals(11, summary.nodes());
      String crc = "%08x".formatted(summary.bodyCrc());
      String line = " *" + rank + "  " + crc + "  +" + grouped(summary.bytes()) + "  .*";
      assertTrue(
          build.out().lines().anyMatch(l -> l.matches(Pattern.quote(image.toString()) + line)),
          build.out());
    }
    assertTrue(build.out().startsWith("images   11 for emulated, tree\n"), build.out());
  }

  @Test
  void shouldWriteNoImageWhereOneCannotBe() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    Path old = Files.writeString(images.resolve("tiny-emulated-0.img"), "old");
    Path inTheWay = Files.createDirectory(images.resolve("tiny-emulated-2.img"));
    Outcome build = Outcome.of("build", "--model", model, "--nodes", 3, "--output", images);
    assertEquals(1, build.code());
    assertEquals("dunlin: %s: is a folder: name a file in it%n".formatted(inTheWay), build.err());
    assertEquals("old", Files.readString(old));
    try (Stream<Path> all = Files.list(images)) {
      assertEquals(2, all.count());
    }
  }

  @Test
  void shouldRefuseAFileForSeveralImages() {
    Path file = folder.resolve("it.img");
    Outcome build = Outcome.of("build", "--model", model, "--nodes", 3, "--output", file);
    assertEquals(
        "dunlin: %s is one file for 3 images: name a folder%n".formatted(file), build.err());
    assertEquals(2, build.code());
  }

  @Test
  void shouldRefuseAFileInPlaceOfAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("images"), "old");
    String complaint = "dunlin: %s: is a file: name a folder%n".formatted(file);
    assertEquals(complaint, Outcome.of("build", "--model", model, "--output", file).err());
    assertEquals(complaint, Outcome.of("build", "--output", file).err(), "firmware");
    assertEquals("old", Files.readString(file));
  }

  private static String grouped(int bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
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
                "dunlin: stories260K on stm32f405: needs .* bytes of SRAM \\(.* too many\\):"
                    + " --context (\\d+) would fit, so would --nodes 2 in equal parts;"
                    + " plan --nodes auto finds the best\n")
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

package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectCommandTest extends WithTinyModel {
  private Path image;

  @BeforeEach
  void build() throws IOException {
    image = folder.resolve("tiny.img");
    assertEquals(0, Outcome.of("build", "--model", model, "--output", image).code());
  }

  @Test
  void shouldAccountForEveryByteOfAnImage() throws IOException {
    JsonNode report = Outcome.of("inspect", image, "--json", "-").json();
    int sum = report.get("headerBytes").asInt() + report.get("programBytes").asInt();
    for (JsonNode bytes : report.get("constantBytes")) {
      sum += bytes.asInt();
    }
    assertEquals(Files.size(image), sum);
    assertEquals(sum, report.get("imageBytes").asInt());
    assertNull(report.get("program"));
  }

  @Test
  void shouldListAnOpALine() throws IOException {
    JsonNode report = Outcome.of("inspect", image, "--listing", "--json", "-").json();
    String text = Outcome.of("inspect", image, "--listing").out();
    int ops = report.get("ops").asInt();
    assertEquals(ops, report.get("program").size());
    String listing = text.substring(text.indexOf("\n   0 ") + 1);
    assertEquals(ops, listing.lines().count());
    assertTrue(listing.startsWith("   0 embed       tokens=ram0+0x"), listing);
    assertTrue(listing.contains("input=ram0+0x"), listing);
    assertTrue(listing.contains(" inverseWidth=0.125000 "), listing);
  }

  @Test
  void shouldRefuseADamagedImage() throws IOException {
    byte[] bytes = Files.readAllBytes(image);
    bytes[bytes.length - 1] ^= 1;
    Files.write(image, bytes);
    Outcome outcome = Outcome.of("inspect", image);
    assertEquals(1, outcome.code());
    assertEquals(
        "dunlin: %s: damaged, what follows the header does not match its CRC: build it anew%n"
            .formatted(image),
        outcome.err());
  }

  @Test
  void shouldListTheTensorsOfACheckpointByFileAndByFolder() throws IOException {
    JsonNode byFolder = Outcome.of("inspect", model, "--json", "-").json();
    assertEquals(byFolder, Outcome.of("inspect", model.resolve("model.bin"), "--json", "-").json());
    assertEquals("llama2.c v0", byFolder.get("format").asText());
    assertEquals(CONTEXT, byFolder.get("config").get("context").asInt());
    JsonNode tensors = byFolder.get("tensors");
    assertEquals("tok_embeddings.weight", tensors.get(0).get("name").asText());
    long bytes =
        StreamSupport.stream(tensors.spliterator(), false)
            .mapToLong(tensor -> tensor.get("bytes").asLong())
            .sum();
    assertEquals(4 * byFolder.get("parameters").asLong(), bytes);
    String text = Outcome.of("inspect", model).out();
    assertLinesMatch(
        List.of(
            "model: checkpoint, llama2\\.c v0",
            ">> shape >>",
            "hidden +11",
            ">> more shape >>",
            "tok_embeddings\\.weight +F32 +9 × 8 +288",
            ">> more tensors >>"),
        text.lines().toList());
  }

  @Test
  void shouldNotListACheckpointsProgram() {
    Outcome outcome = Outcome.of("inspect", model, "--listing");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains(" is no image"), outcome.err());
  }
}

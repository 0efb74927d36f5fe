package dunlin.host.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.HuggingFaceWriter;
import dunlin.host.checkpoint.HuggingFaceWriter.Tensor;
import dunlin.host.checkpoint.KwtWriter;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.Features;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFilesTest {
  private static final EncoderConfig SHAPE = KwtWriter.config(2, 3, 9, 11, 1); // 2 × 3
  private static final float[] VALUES = {1, -2, 0.5f, 4e-3f, 5, 6};

  @TempDir Path folder;

  @Test
  void shouldReadRowsAsFrames() throws IOException {
    Features clip = csv("1,-2,0.5\n 4e-3 , 5,6\n");
    assertEquals("clip.csv", clip.name());
    assertEquals(2, clip.frames());
    assertEquals(3, clip.channels());
    assertArrayEquals(VALUES, clip.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,2,3/4,5,6/7,8,9 | 3 rows × 3 columns
          1,2,3             | 1 rows × 3 columns
          1,2,3/4,5         | row 2 has 2 columns
          1,2,3,4/5,6,7,8   | row 1 has 4 columns
          a,b,c/1,2,3/4,5,6 | row 1, column 1: 'a' is not a number
          1,2,3/4,,6        | row 2, column 2: '' is not a number
          1,2,3/4,5,nan     | row 2, column 3: 'nan' is not a number
          1,2,3/4,5,1e39    | row 2, column 3: '1e39' is not a number
          """)
  void shouldRefuseOtherTables(String lines, String message) {
    Refusal refusal = assertThrows(Refusal.class, () -> csv(lines.replace('/', '\n')));
    assertEquals(folder.resolve("clip.csv") + ": " + message, refusal.what());
    assertEquals(
        "the model takes 2 rows (frames) × 3 columns (channels) of numbers, no header",
        refusal.remedy());
  }

  @Test
  void shouldRefuseAnEmptyTable() {
    Refusal refusal = assertThrows(Refusal.class, () -> csv(""));
    assertEquals(folder.resolve("clip.csv") + ": 0 rows × 3 columns", refusal.what());
  }

  @Test
  void shouldReadEveryClipOfSafetensors() throws IOException {
    List<Features> clips =
        safetensors(
            Map.entry("no", tensor(2, 3)),
            Map.entry("no_logits", tensor(1, 2)),
            Map.entry("yes", tensor(1, 2, 3)));
    assertEquals(List.of("no", "yes"), clips.stream().map(Features::name).toList());
    for (Features clip : clips) {
      assertEquals(2, clip.frames());
      assertArrayEquals(VALUES, clip.values());
    }
  }

  @Test
  void shouldRefuseAClipOfOtherFrames() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> safetensors(Map.entry("yes", tensor(2, 3)), Map.entry("no", tensor(1, 3))));
    assertEquals(
        folder.resolve("clips.safetensors")
            + ": no (1 × 3): the model takes frames × channels = 2 × 3",
        refusal.getMessage());
  }

  @Test
  void shouldRefuseSafetensorsWithoutAClip() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                safetensors(Map.entry("logits", tensor(1, 2)), Map.entry("turned", tensor(3, 2))));
    assertEquals(
        folder.resolve("clips.safetensors")
            + ": none of its tensors is a clip: logits (1 × 2), turned (3 × 2): the model takes"
            + " frames × channels = 2 × 3",
        refusal.getMessage());
  }

  @Test
  void shouldRefuseSoundForAModelOfOtherChannels() throws IOException {
    Path file = Files.write(folder.resolve("clip.wav"), new byte[0]);
    Refusal refusal = assertThrows(Refusal.class, () -> FeatureFiles.read(file, SHAPE));
    assertEquals(
        file
            + ": of sound come frames of 40 channels, the model takes 3: give its features as"
            + " .safetensors or .csv",
        refusal.getMessage());
  }

  @Test
  void shouldRefuseOtherKindsOfFiles() {
    Refusal refusal =
        assertThrows(Refusal.class, () -> FeatureFiles.read(Path.of("clip.mp3"), SHAPE));
    assertEquals(
        "clip.mp3: is no input for an encoder: give a file that ends with .safetensors, .csv or"
            + " .wav",
        refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"none.csv", "none.safetensors"})
  void shouldSayThatAFileIsNotThere(String name) {
    Path file = folder.resolve(name);
    Refusal refusal = assertThrows(Refusal.class, () -> FeatureFiles.read(file, SHAPE));
    assertTrue(refusal.what().startsWith(file + ": there is no such file"), refusal.what());
  }

  private Features csv(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("clip.csv"), text);
    return FeatureFiles.read(file, SHAPE).get(0);
  }

  @SafeVarargs
  private List<Features> safetensors(Map.Entry<String, Tensor>... tensors) throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> tensor : tensors) {
      all.put(tensor.getKey(), tensor.getValue());
    }
    Path file = HuggingFaceWriter.safetensors(folder.resolve("clips.safetensors"), all);
    return FeatureFiles.read(file, SHAPE);
  }

  private static Tensor tensor(Integer... shape) {
    int elements = List.of(shape).stream().reduce(1, (a, b) -> a * b);
    ByteBuffer bytes = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(VALUES, 0, elements);
    return new Tensor("F32", List.of(shape), bytes.array());
  }
}

package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged llama2.c files, each refused by what is wrong with it. */
class Llama2cRefusalTest {
  private static final LlamaConfig SHAPE = new LlamaConfig(8, 5, 2, 4, 2, 2, 7, 3, 1e-5, 10_000);
  private static final FloatModel MODEL = RandomModel.of(SHAPE, false, 1);

  @TempDir private Path folder;
  private Path v0;
  private Path v1;

  @BeforeEach
  void write() throws IOException {
    v0 = Llama2cWriter.v0(MODEL, folder.resolve("v0.bin"));
    v1 = Llama2cWriter.v1(MODEL, folder.resolve("v1.bin"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 27})
  void shouldRejectTruncatedHeader(int length) throws IOException {
    resize(v0, length);
    assertRefused(v0, length + " bytes cannot hold a header of 28");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 4})
  void shouldRejectAnySizeButTheHeaders(int difference) throws IOException {
    for (Path file : new Path[] {v0, v1}) {
      long right = Files.size(file);
      resize(file, (int) right + difference);
      assertRefused(file, "stands for " + right + " bytes, the file has " + (right + difference));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, dim 0",
    "0, -8, dim -8",
    "0, 2147483644, dim 2147483644",
    "4, 0, hidden 0",
    "4, 2147483647, hidden 2147483647",
    "8, 0, layers 0",
    "8, 2147483647, layers 2147483647",
    "12, 0, heads 0",
    "12, -4, heads -4",
    "12, 3, heads 3 does not divide dim 8",
    "12, 8, head size 1 is odd",
    "16, 0, kv_heads 0",
    "16, 3, kv_heads 3 does not divide heads 4",
    "16, 8, kv_heads 8",
    "20, 0, vocabulary 0",
    "20, -2147483648, vocabulary -2147483648",
    "20, 2147483647, vocabulary 2147483647",
    "24, 0, context 0",
    "24, 2147483647, context 2147483647"
  })
  void shouldRejectAbsurdDimensions(int offset, int word, String saying) throws IOException {
    putInt(v0, offset, word);
    assertRefused(v0, saying);
    putInt(v1, offset + 8, word);
    assertRefused(v1, offset == 20 && word < 0 ? "vocabulary" : saying);
  }

  @Test
  void shouldRejectTensorsLargerThanAnArray() throws IOException {
    putInt(v0, 0, 1 << 20);
    putInt(v0, 12, 1 << 9);
    putInt(v0, 20, 1 << 24);
    assertRefused(v0, "tok_embeddings.weight has more than");
  }

  @Test
  void shouldRejectQuantisedVersions() throws IOException {
    putInt(v1, 4, 2);
    assertRefused(v1, "llama2.c version 2 holds weights that are not plain floats");
  }

  @Test
  void shouldRejectOtherFlags() throws IOException {
    putInt(v1, 36, 7);
    assertRefused(v1, "tied flag 7");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void shouldNameTheWeightThatIsNoNumber(float value) throws IOException {
    StoredTensor key = Checkpoints.list(v1).tensor(Weight.KEY, 1);
    putInt(v1, (int) key.offset() + 4 * (2 * 8 + 3), Float.floatToRawIntBits(value));
    assertRefused(v1, "layers.1.attention.wk.weight[2, 3] is " + value);
  }

  @Test
  void shouldSayThatAFileIsMissing() {
    assertRefused(folder.resolve("none.bin"), "none.bin: there is no such file");
  }

  private static void assertRefused(Path file, String saying) {
    String message = assertThrows(Refusal.class, () -> Checkpoints.read(file)).getMessage();
    assertTrue(message.contains(saying), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static void resize(Path file, int length) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  private static void putInt(Path file, int offset, int word) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, word);
    Files.write(file, bytes);
  }
}

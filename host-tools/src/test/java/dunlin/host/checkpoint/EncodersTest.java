package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.HuggingFaceWriter.Tensor;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodersTest {
  private static final EncoderConfig SHAPE = KwtWriter.config(6, 5, 9, 11, 2);
  private static final EncoderModel MODEL = RandomEncoder.of("kwt", SHAPE, 1);

  @TempDir Path folder;

  @Test
  void shouldReadBackEveryWeightOfAKeywordTransformer() throws IOException {
    EncoderModel read = Encoders.read(KwtWriter.write(MODEL, folder));
    assertEquals("kwt", read.name());
    assertEquals(SHAPE, read.config());
    assertEquals(7, read.config().context());
    Map<String, Tensor> written = KwtWriter.tensors(MODEL);
    Map<String, Tensor> again = KwtWriter.tensors(read);
    assertEquals(written.keySet(), again.keySet());
    written.forEach(
        (name, tensor) -> {
          assertEquals(tensor.shape(), again.get(name).shape(), name);
          assertArrayEquals(tensor.bytes(), again.get(name).bytes(), name);
        });
    assertArrayEquals(new float[2 * 64], read.layers().get(1).query().bias().values());
  }

  @Test
  void shouldFindAKeywordTransformerAmongOtherFiles() throws IOException {
    Path file = KwtWriter.write(MODEL, folder);
    Map<String, Tensor> logits = Map.of("yes_logits", KwtWriter.tensors(MODEL).get("head.b"));
    HuggingFaceWriter.safetensors(folder.resolve("reference.safetensors"), logits);
    assertTrue(Encoders.recognises(folder));
    assertTrue(Encoders.recognises(file));
    assertEquals(SHAPE, Encoders.read(folder).config());
  }

  @Test
  void shouldReadADescription() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.toml"), EncoderDescriptionTest.GOOD);
    assertTrue(Encoders.recognises(file));
    EncoderModel model = Encoders.read(file);
    assertEquals("mine", model.name());
    assertEquals(5, model.config().context());
  }

  @Test
  void shouldLeaveDecodersAlone() throws IOException {
    LlamaConfig llama = new LlamaConfig(4, 3, 1, 2, 1, 2, 5, 3, 1e-5, 10_000);
    FloatModel decoder = RandomModel.of(llama, true, 1);
    HuggingFaceWriter.write(decoder, folder, ElementType.F32, 1);
    assertFalse(Encoders.recognises(folder));
    assertFalse(Encoders.recognises(Llama2cWriter.v0(decoder, folder.resolve("model.bin"))));
    assertEquals(
        folder
            + ": holds no encoder: give the path of a Keyword Transformer's safetensors, of a Hugging Face"
            + " folder, of an ONNX file, or of a description",
        refusal(folder));
  }

  @Test
  void shouldNotChooseBetweenTwo() throws IOException {
    Path one = KwtWriter.write(MODEL, folder);
    Files.copy(one, folder.resolve("other.safetensors"));
    assertTrue(refusal(folder).startsWith(folder + ": holds 2 encoders: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.wk   | 127 × 9    | tensor 1.wk is 127 × 9, where 128 × 9 is due
          0.wq   | 127 × 9    | 127 queries in heads of 64, 6 tokens
          pos    | 1 × 1 × 9  | 128 queries in heads of 64, 0 tokens
          pos    | 7          | tensor pos is 7
          cls    | 9          | tensor cls is 9, where 1 × 1 × 9 is due
          0.ln1.g| 1 × 9      | tensor 0.ln1.g is 1 × 9, where 9 is due
          1.b2   | 8          | tensor 1.b2 is 8, where 9 is due
          """)
  void shouldRefuseATensorOfAnotherShape(String name, String shape, String message)
      throws IOException {
    assertEquals(
        folder.resolve("kwt.safetensors")
            + ": "
            + message
            + ": docs/encoders.md lists the tensors of a Keyword Transformer",
        changed(
            tensors -> {
              Integer[] extents =
                  Arrays.stream(shape.split(" × ")).map(Integer::valueOf).toArray(Integer[]::new);
              int elements = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
              Matrix zeros = new Matrix(name, 1, elements, new float[elements]);
              tensors.put(name, KwtWriter.tensor(zeros, extents));
            }));
  }

  @Test
  void shouldRefuseAMissingTensor() throws IOException {
    String message = changed(tensors -> tensors.remove("0.b1"));
    assertTrue(
        message.contains("kwt.safetensors: tensor 0.b1 is missing, where 11 is due"), message);
  }

  @Test
  void shouldRefuseATensorThatHasNoPlace() throws IOException {
    String message = changed(tensors -> tensors.put("2.wk", tensors.get("1.wk")));
    assertTrue(message.contains("tensor 2.wk has no place in a Keyword Transformer"), message);
  }

  @Test
  void shouldRefuseAWeightThatIsNotFinite() throws IOException {
    Matrix spoilt = new Matrix("head.b", 1, 3, new float[] {0, Float.NaN, 0});
    String message = changed(tensors -> tensors.put("head.b", KwtWriter.tensor(spoilt, 3)));
    assertTrue(message.contains("head.b[0, 1] is NaN"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          yes,no          | : 2 labels, kwt.safetensors tells 3 classes apart
          yes,no,yes      | : label 3, 'yes', is there twice
          yes,,no         | : label 2, '', is not 1 to 80 printable characters
          """)
  void shouldRefuseLabelsThatWillNotDo(String labels, String message) throws IOException {
    Path file = KwtWriter.write(MODEL, folder);
    Path lines = Files.writeString(folder.resolve("labels.txt"), labels.replace(",", "\n"));
    assertEquals(
        lines + message + ": write one label a line there, 3 in the order of the logits",
        refusal(file));
  }

  @Test
  void shouldAskForLabelsThatAreNotThere() throws IOException {
    Path file = KwtWriter.write(MODEL, folder);
    Files.delete(folder.resolve("labels.txt"));
    assertEquals(
        folder.resolve("labels.txt")
            + ": is missing: write one label a line there, 3 in the order of the logits, or put a"
            + " config.json with id2label beside it",
        refusal(file));
  }

  @Test
  void shouldSayThatAFileIsNotThere() {
    String message = refusal(folder.resolve("none.safetensors"));
    assertTrue(message.contains("none.safetensors: there is no such file"), message);
  }

  /** The refusal of a Keyword Transformer whose tensors were changed. */
  private String changed(Consumer<Map<String, Tensor>> change) throws IOException {
    Path file = KwtWriter.write(MODEL, folder);
    Map<String, Tensor> tensors = KwtWriter.tensors(MODEL);
    change.accept(tensors);
    return refusal(HuggingFaceWriter.safetensors(file, tensors));
  }

  private static String refusal(Path path) {
    return assertThrows(Refusal.class, () -> Encoders.read(path)).getMessage();
  }
}

package dunlin.host.checkpoint.onnx;

import static dunlin.host.checkpoint.onnx.GraphWriter.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.Checkpoints;
import dunlin.host.checkpoint.onnx.LlamaGraph.Spelling;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that are damaged, or not of a model: refused by the node, or by what is wrong. */
class OnnxRefusalTest {
  private static final LlamaConfig SHAPE = new LlamaConfig(8, 6, 1, 2, 1, 4, 5, 9, 1e-5, 10_000);
  private static final FloatModel MODEL = RandomModel.of(SHAPE, false, 1);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("model.onnx");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sigmoid | HardSig | the operator is not one of those Dunlin knows
          Softmax | Hardmax | the operator is not one of those Dunlin knows
          Sqrt    | Tanh    | it makes PRODUCT where RMS_NORM is due
          Sigmoid | Dropout | neither factor is a SiLU
          Cos     | Sin     | it is turned by other angles
          Neg     | Abs     | what it does depends on the input's numbers
          """)
  void shouldNameTheNodeThatItCannotMap(String operator, String other, String words)
      throws IOException {
    LlamaGraph.write(MODEL, Spelling.TRANSFORMERS, file);
    replace(operator, other);
    String message = refusal();
    assertTrue(message.matches(".*: node /\\w+ \\(\\w+ → \\d+\\): .*"), message);
    assertTrue(message.contains(words), message);
  }

  @Test
  void shouldRefuseAGraphOfAnotherKind() {
    GraphWriter graph = new GraphWriter(17);
    String ids = graph.input("input_ids", DataType.INT64, 1, "sequence");
    graph.output(graph.node("Cast", List.of(ids), attribute("to", 1)), 1, "sequence");
    graph.write(file);
    assertTrue(refusal().contains("an input of the graph: it makes INPUT where LINEAR is due"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../weights", "/etc/passwd", "a/../../b", "none", ".", ""})
  void shouldReadNoFileOutsideTheModelsFolder(String location) throws IOException {
    LlamaGraph.write(MODEL, Spelling.LAST_TOKEN, file);
    replace("weights.data", (location + "            ").substring(0, 12));
    assertTrue(refusal().contains("are no file of its folder"), refusal());
  }

  @Test
  void shouldRefuseALinkOutOfTheModelsFolder() throws IOException {
    LlamaGraph.write(MODEL, Spelling.LAST_TOKEN, file);
    Path outside = Files.createTempFile("weights", ".data");
    try {
      Files.move(folder.resolve("weights.data"), outside, StandardCopyOption.REPLACE_EXISTING);
      Files.createSymbolicLink(folder.resolve("weights.data"), outside);
      assertTrue(refusal().contains("are no file of its folder"), refusal());
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void shouldRefuseWeightsThatAreCutShort() throws IOException {
    LlamaGraph.write(MODEL, Spelling.LAST_TOKEN, file);
    Path data = folder.resolve("weights.data");
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, bytes.length - 1));
    assertTrue(refusal().contains("its data do not lie within weights.data"), refusal());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 3000, -1})
  void shouldRefuseAFileThatIsCutShort(int length) throws IOException {
    byte[] bytes = Files.readAllBytes(LlamaGraph.write(MODEL, Spelling.META, file));
    Files.write(file, Arrays.copyOf(bytes, length < 0 ? bytes.length - 1 : length));
    assertTrue(refusal().startsWith(file + ": "), refusal());
  }

  @Test
  void shouldRefuseOldOperators() {
    GraphWriter graph = new GraphWriter(12);
    String ids = graph.input("input_ids", DataType.INT64, 1, 4);
    graph.output(graph.node("Identity", ids), 1, 4);
    graph.write(file);
    assertEquals(
        file + ": operators of opset 12: export the model with opset 13 or later", refusal());
  }

  private String refusal() {
    String message = assertThrows(Refusal.class, () -> Checkpoints.read(file)).getMessage();
    assertEquals(1, message.lines().count());
    return message;
  }

  /** Texts of one length: the file has their lengths before them. */
  private void replace(String from, String to) throws IOException {
    assertEquals(from.length(), to.length());
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, bytes.replace(from, to), StandardCharsets.ISO_8859_1);
  }
}

package dunlin.host.checkpoint.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.SmallEncoders;
import dunlin.host.checkpoint.Encoders;
import dunlin.host.checkpoint.onnx.TextGraph.Spelling;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.RandomEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs that are nearly a BERT or a MobileBERT: refused by the node that differs. */
class OnnxTextRefusalTest {
  private static final EncoderConfig BERT = SmallEncoders.text(Pooling.FIRST_TOKEN);
  private static final EncoderConfig MOBILE = SmallEncoders.bottlenecks(Pooling.EVERY_TOKEN);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() throws IOException {
    file = folder.resolve("model.onnx");
    Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXPORTED | Gelu    | Celu    | the operator is not one of those Dunlin knows
          EXPORTED | Gelu    | Tanh    | neither summand is a feed-forward's output
          EXPORTED | Softmax | Sigmoid | neither summand is an attention's output
          EXPORTED | Tanh    | Relu    | it makes RELU where SUM is due
          TRACED   | Erf     | Abs     | what it does depends on the input's numbers
          TRACED   | Sqrt    | Relu    | it makes PRODUCT where SUM is due
          """)
  void shouldNameTheNodeThatABertHasNot(
      Spelling spelling, String operator, String other, String words) throws IOException {
    write(BERT, spelling);
    replace(operator, other);
    refuses(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXPORTED | Relu     | Tanh     | neither summand is a feed-forward's output
          EXPORTED | Where    | Whose    | the operator is not one of those Dunlin knows
          EXPORTED | GatherND | ScatterN | the operator is not one of those Dunlin knows
          TRACED   | Pad      | Cos      | what it does depends on the input's numbers
          TRACED   | token_type_ids | position_b_ids | index 2 of 2
          """)
  void shouldNameTheNodeThatAMobileBertHasNot(
      Spelling spelling, String operator, String other, String words) throws IOException {
    write(MOBILE, spelling);
    replace(operator, other);
    refuses(words);
  }

  @Test
  void shouldRefuseToTakeOneOfSeveralLabelsForTheOnly() throws IOException {
    write(BERT, Spelling.EXPORTED);
    Files.delete(folder.resolve("labels.txt"));
    Path config = folder.resolve("config.json");
    Files.writeString(config, "{\"problem_type\": \"multi_label_classification\"}");
    String message = assertThrows(Refusal.class, () -> Encoders.read(file)).getMessage();
    assertTrue(
        message.startsWith(
            config + ": problem_type \"multi_label_classification\" is not supported"),
        message);
  }

  private void write(EncoderConfig shape, Spelling spelling) {
    TextGraph.write(RandomEncoder.of("random", shape, 1), spelling, file);
  }

  private void refuses(String words) {
    String message = assertThrows(Refusal.class, () -> Encoders.read(file)).getMessage();
    assertEquals(1, message.lines().count());
    assertTrue(message.matches(".*: node /\\w+ \\(\\w+ → \\d+\\): .*"), message);
    assertTrue(message.contains(words), message);
  }

  /** Texts of one length: the file has their lengths before them. */
  private void replace(String from, String to) throws IOException {
    assertEquals(from.length(), to.length());
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, bytes.replace(from, to), StandardCharsets.ISO_8859_1);
  }
}

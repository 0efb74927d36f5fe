package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.HuggingFaceWriter.Tensor;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Bottleneck;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.Nonlinearity;
import dunlin.host.oracle.EncoderOracle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that transformers has saved, and its own logits: importer and oracle against both. */
class BertFolderTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path copy;

  @Test
  void shouldComputeWhatTransformersDoesWithMobileBert() {
    assertLogits(Bert.MOBILE);
  }

  @Test
  void shouldComputeWhatTransformersDoesWithBert() {
    assertLogits(Bert.PLAIN);
  }

  private static void assertLogits(Bert bert) {
    EncoderOracle oracle = new EncoderOracle(Encoders.read(bert.folder()));
    assertArrayEquals(bert.logits(), oracle.forward(bert.input()), 1e-12 * largest(bert.logits()));
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  @Test
  void shouldReadTheShapeOfMobileBert() {
    EncoderConfig config = Encoders.read(Bert.MOBILE.folder()).config();
    assertEquals(Optional.of(new Words(52, 5, true, 2)), config.words());
    assertEquals(Optional.of(new Bottleneck(6, 3)), config.bottleneck());
    assertEquals(48, config.context());
    assertEquals(Pooling.EVERY_TOKEN, config.pooling());
    assertEquals(List.of("start", "end"), config.labels());
  }

  @Test
  void shouldReadTheShapeOfBert() {
    EncoderConfig config = Encoders.read(Bert.PLAIN.folder()).config();
    assertEquals(Nonlinearity.GELU_ERF, config.activation());
    assertEquals(Pooling.FIRST_TOKEN, config.pooling());
    assertEquals(List.of("wader", "gull", "tern"), config.labels());
    assertTrue(Encoders.read(Bert.PLAIN.folder()).pooler().isPresent());
  }

  @Test
  void shouldTellHowMuchIsRead() {
    List<Integer> percents = new ArrayList<>();
    Encoders.read(Bert.MOBILE.folder(), percents::add);
    assertEquals(percents.stream().sorted().toList(), percents);
    assertEquals(100, percents.get(percents.size() - 1));
  }

  @Test
  void shouldReadOldNamesAndLeaveOutWhatNothingReads() throws IOException {
    Path folder = Bert.MOBILE.copy(copy, config -> {});
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors(folder)
        .forEach(
            (name, tensor) ->
                tensors.put(
                    name.replace("LayerNorm.weight", "LayerNorm.gamma")
                        .replace("LayerNorm.bias", "LayerNorm.beta"),
                    tensor));
    tensors.put(
        "mobilebert.embeddings.position_ids", new Tensor("I64", List.of(1, 48), new byte[8 * 48]));
    tensors.put("mobilebert.pooler.dense.bias", new Tensor("F32", List.of(14), new byte[4 * 14]));
    HuggingFaceWriter.safetensors(folder.resolve("model.safetensors"), tensors);
    assertArrayEquals(
        new EncoderOracle(Encoders.read(Bert.MOBILE.folder())).forward(Bert.MOBILE.input()),
        new EncoderOracle(Encoders.read(folder)).forward(Bert.MOBILE.input()));
  }

  @Test
  void shouldReadShards() throws IOException {
    Path folder = Bert.PLAIN.copy(copy, config -> {});
    Map<String, Tensor> all = tensors(folder);
    Map<String, String> index = new LinkedHashMap<>();
    for (String shard : List.of("a.safetensors", "b.safetensors")) {
      Map<String, Tensor> some = new LinkedHashMap<>(all);
      some.keySet().removeIf(name -> name.contains("encoder") != shard.startsWith("a"));
      some.keySet().forEach(name -> index.put(name, shard));
      HuggingFaceWriter.safetensors(folder.resolve(shard), some);
    }
    Files.delete(folder.resolve("model.safetensors"));
    JSON.writeValue(
        folder.resolve("model.safetensors.index.json").toFile(), Map.of("weight_map", index));
    assertArrayEquals(
        Bert.PLAIN.logits(),
        new EncoderOracle(Encoders.read(folder)).forward(Bert.PLAIN.input()),
        1e-12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          use_bottleneck              | false        | use_bottleneck false is not supported
          key_query_shared_bottleneck | false        | key_query_shared_bottleneck false is not supported
          use_bottleneck_attention    | true         | use_bottleneck_attention true is not supported
          normalization_type          | "layer_norm" | normalization_type "layer_norm" is not supported
          position_embedding_type     | "relative_key" | position_embedding_type "relative_key" is not supported
          hidden_act                  | "silu"       | hidden_act "silu" is not supported
          hidden_act                  | null         | hidden_act null is not supported
          is_decoder                  | true         | is_decoder true is not supported
          problem_type                | "regression" | problem_type "regression" is not supported
          quantization_config         | {}           | quantization_config {} is not supported
          architectures               | ["MobileBertForMaskedLM"] | architectures ["MobileBertForMaskedLM"] is not supported
          architectures               | null         | architectures null is not supported
          hidden_size                 | 0            | hidden_size is 0, not 1 to 65536
          vocab_size                  | "52"         | vocab_size is "52", not a whole number
          num_attention_heads         | 4            | num_attention_heads is 4, not a divisor of 6
          layer_norm_eps              | 0            | layer_norm_eps is 0, not above 0 and up to 1
          trigram_input               | 1            | trigram_input is 1, not true or false
          """)
  void shouldNameTheKeyThatCannotBeMapped(String key, String value, String message)
      throws IOException {
    refuses(Bert.MOBILE, config -> config.set(key, json(value)), "config.json: " + message);
  }

  @Test
  void shouldRefuseLabelsThatAreNotNumbered() throws IOException {
    refuses(
        Bert.PLAIN,
        config -> config.set("id2label", json("{\"0\": \"a\", \"2\": \"b\"}")),
        "config.json: id2label is {\"0\":\"a\",\"2\":\"b\"}, not a name for each class (label 2, '',"
            + " is not 1 to 80 printable characters)");
  }

  @Test
  void shouldRefuseWeightsOfAnotherModel() throws IOException {
    refuses(
        Bert.MOBILE,
        config -> config.put("intermediate_size", 12),
        ": tensor mobilebert.encoder.layer.0.intermediate.dense.weight is 11 × 6, where 12 × 6 is"
            + " due: config.json and weights must be of one model; download them again");
    refuses(
        Bert.MOBILE,
        config -> config.put("num_feedforward_networks", 4),
        ": tensor mobilebert.encoder.layer.0.ffn.2.intermediate.dense.weight is missing, where"
            + " 11 × 6 is due");
    refuses(
        Bert.MOBILE,
        config -> config.put("num_hidden_layers", 1),
        " has no place in the model that config.json describes");
  }

  @Test
  void shouldNotReserveWhatTheFileDoesNotHold() throws IOException {
    refuses(
        Bert.MOBILE,
        config -> config.put("vocab_size", 1 << 22).put("embedding_size", 1 << 16),
        ": tensor mobilebert.embeddings.word_embeddings.weight is 52 × 5, where 4194304 × 65536");
  }

  private void refuses(Bert bert, Consumer<ObjectNode> change, String message) throws IOException {
    Path folder = Files.createTempDirectory(copy, "model");
    bert.copy(folder, change);
    Refusal refusal = assertThrows(Refusal.class, () -> Encoders.read(folder));
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Map<String, Tensor> tensors(Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    SafetensorsFile.list(file)
        .forEach(
            (name, tensor) -> {
              byte[] data = new byte[(int) tensor.bytes()];
              bytes.get((int) tensor.offset(), data);
              tensors.put(name, new Tensor("F32", tensor.shape(), data));
            });
    return tensors;
  }
}

package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dunlin.boards.Refusal;
import dunlin.host.checkpoint.HuggingFaceWriter.Tensor;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of other models, and damaged ones: each is refused by what is wrong with it. */
class HuggingFaceRefusalTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FloatModel MODEL =
      RandomModel.of(new LlamaConfig(6, 5, 2, 4, 2, 2, 7, 3, 1e-6, 500_000), true, 1);
  private static final String NORM = "model.norm.weight";

  @TempDir private Path folder;
  private Map<String, Object> config;
  private Map<String, Tensor> tensors;

  @BeforeEach
  void write() throws IOException {
    HuggingFaceWriter.write(MODEL, folder, ElementType.F32, 1);
    config = HuggingFaceWriter.config(MODEL);
    tensors = HuggingFaceWriter.tensors(MODEL, ElementType.F32);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "architectures | ['MistralForCausalLM'] | architecture [\"MistralForCausalLM\"] is not",
        "architectures | [] | architecture [] is not",
        "hidden_act | 'gelu' | hidden_act \"gelu\" is not supported",
        "attention_bias | true | attention_bias true is not supported",
        "mlp_bias | true | mlp_bias true is not supported",
        "rope_scaling | {'rope_type':'llama3','factor':8} | rope_scaling {\"rope_type\":\"llama3\"",
        "rope_scaling | {'type':'linear','factor':2} | rope_scaling {\"type\":\"linear\"",
        "rope_parameters | {'rope_type':'yarn'} | rope_parameters {\"rope_type\":\"yarn\"}",
        "quantization_config | {'bits':4} | quantization_config {\"bits\":4} is not supported",
        "num_key_value_heads | 3 | kv_heads 3 does not divide heads 4",
        "head_dim | 3 | head size 3 is odd",
        "hidden_size | 0 | dim 0 is not within",
        "hidden_size | 1e3 | hidden_size is 1000.0, not a whole number",
        "hidden_size | 99999999999 | hidden_size is 99999999999, not a whole number",
        "vocab_size | null | vocab_size is null, not a whole number",
        "rms_norm_eps | 'small' | rms_norm_eps is \"small\", not a number",
        "rms_norm_eps | 0 | norm epsilon 0.0 is not above zero",
        "rope_theta | 1e999 | rope theta Infinity is not above zero",
        "tie_word_embeddings | 1 | tie_word_embeddings is 1, not true or false",
        "tie_word_embeddings | false | tensor lm_head.weight is missing",
        "num_hidden_layers | 1 | tensor model.layers.1.input_layernorm.weight has no place",
        "num_hidden_layers | 3 | tensor model.layers.2.input_layernorm.weight is missing",
        "intermediate_size | 6 | mlp.gate_proj.weight has shape [5, 6], config.json asks for [6, 6]"
      })
  void shouldRefuseConfig(String key, String value, String saying) throws IOException {
    Path file = folder.resolve("config.json");
    ObjectNode json = (ObjectNode) JSON.valueToTree(config);
    json.put(key, "HERE");
    Files.writeString(
        file, JSON.writeValueAsString(json).replace("\"HERE\"", value.replace('\'', '"')));
    assertRefused(saying);
  }

  @Test
  void shouldReadWhatTransformers5Writes() throws IOException {
    config.keySet().removeAll(List.of("rope_theta", "rope_scaling"));
    config.put("rope_parameters", Map.of("rope_type", "default", "rope_theta", 1234.5));
    JSON.writeValue(folder.resolve("config.json").toFile(), config);
    assertEquals(1234.5, Checkpoints.list(folder).config().ropeTheta());
  }

  @Test
  void shouldTakeTransformersDefaults() throws IOException {
    config.keySet().removeAll(List.of("rope_theta", "rms_norm_eps", "hidden_act", "architectures"));
    JSON.writeValue(folder.resolve("config.json").toFile(), config);
    LlamaConfig read = Checkpoints.list(folder).config();
    assertEquals(10_000, read.ropeTheta());
    assertEquals(1e-6, read.normEpsilon());
  }

  @Test
  void shouldIgnoreATiedHeadAndOldFrequencies() throws IOException {
    tensors.put("lm_head.weight", tensors.get("model.embed_tokens.weight"));
    tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", tensors.get(NORM));
    rewrite();
    assertTrue(Checkpoints.read(folder).tied());
  }

  @Test
  void shouldRefuseBiases() throws IOException {
    tensors.put("model.layers.0.self_attn.q_proj.bias", tensors.get(NORM));
    rewrite();
    assertRefused("tensor model.layers.0.self_attn.q_proj.bias has no place in a Llama");
  }

  @Test
  void shouldRefuseOtherElementTypes() throws IOException {
    Tensor norm = tensors.get(NORM);
    tensors.put(NORM, new Tensor("F8_E4M3", norm.shape(), norm.bytes()));
    rewrite();
    assertRefused("tensor model.norm.weight: dtype \"F8_E4M3\" is not one of F32, F16, BF16");
  }

  @Test
  void shouldNameTheWeightThatIsNoNumber() throws IOException {
    Tensor up = tensors.get("model.layers.1.mlp.up_proj.weight");
    ByteBuffer.wrap(up.bytes()).order(ByteOrder.LITTLE_ENDIAN).putFloat(4 * (4 * 6 + 5), Float.NaN);
    rewrite();
    assertRefused("model.layers.1.mlp.up_proj.weight[4, 5] is NaN");
  }

  @Test
  void shouldRefuseKeysGivenTwice() throws IOException {
    raw("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":0}", 4);
    assertRefused("Duplicate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] [0,4] [1] [0,4] | begins at byte",
        "[1] [0,4] [1] [5,9] | begins at byte",
        "[1] [0,4] [1] [2,6] | begins at byte",
        "[1] [4,8] [1] [8,12] | begins at byte",
        "[1] [0,4] [1] [4,12] | data_offsets [4,12] do not hold shape [1]",
        "[1] [0,4] [2] [4,16] | data_offsets [4,16] do not hold shape [2] in 12 bytes",
        "[1] [0,4] [3] [4,16] | data_offsets [4,16] do not hold shape [3] in 12 bytes",
        "[1] [4,0] [1] [4,8] | data_offsets [4,0] do not hold",
        "[1] [-4,0] [1] [4,8] | data_offsets [-4,0] do not hold",
        "[1] [0,4] [1] [4] | data_offsets [4] do not hold",
        "[1] [0,4] [1] [4,99999999999999999999] | do not hold",
        "[1] [0,4] [65536,65536,65536,65536] [4,4] | do not hold",
        "[1] [0,4] [0] [4,4] | extent 0",
        "[1] [0,4] [-1] [4,0] | extent -1",
        "[1] [0,4] [1.5] [4,10] | extent 1.5",
        "[1] [0,4] 3 [4,8] | shape is not a list",
        "[1] [0,4] [1] [4,8] | its tensors end at byte"
      })
  void shouldRefuseOffsets(String numbers, String saying) throws IOException {
    String header =
        """
        {"a":{"dtype":"F32","shape":%s,"data_offsets":%s},
         "b":{"dtype":"F32","shape":%s,"data_offsets":%s}}"""
            .formatted((Object[]) numbers.split(" ", -1));
    raw(header, 12);
    assertRefused(saying);
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "100000001", "5000"})
  void shouldRefuseHeaderLengthsThatLie(long length) throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    Files.write(file, bytes);
    assertRefused("a header of " + length + " bytes in a file of " + bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "0, a header of -1",
    "7, a header of -1",
    "8, a header of",
    "3000, do not hold shape"
  })
  void shouldRejectTruncatedFile(int length, String saying) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    assertRefused(saying);
  }

  @Test
  void shouldStayWithinTheFolder() throws IOException {
    index(Map.of(NORM, "../model.safetensors"));
    assertRefused("\"../model.safetensors\" is not a file of its folder");
  }

  @Test
  void shouldMissATensorThatTheIndexPromises() throws IOException {
    HuggingFaceWriter.safetensors(folder.resolve("a.safetensors"), tensors);
    index(Map.of("model.other.weight", "a.safetensors"));
    assertRefused("tensor model.other.weight is not in a.safetensors");
  }

  @Test
  void shouldSayWhichFilesAreMissing() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    assertRefused("has neither model.safetensors nor model.safetensors.index.json");
    Files.delete(folder.resolve("config.json"));
    assertRefused("config.json: there is no such file");
  }

  @Test
  void shouldRefuseWhatIsNotAnObject() throws IOException {
    for (String text : List.of("", "[]", "{} {}", "{", "\u0000\u009c")) {
      Files.writeString(folder.resolve("config.json"), text);
      assertRefused("config.json: ");
    }
  }

  @Test
  void shouldRefuseWhatIsNotText() throws IOException {
    Files.write(folder.resolve("config.json"), new byte[] {'{', 0, 0, 0, -1, -1, -1, -1}); // UTF-32
    assertRefused("config.json: Invalid UTF-32 character");
  }

  private void index(Map<String, String> weights) throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    JsonNode json = JSON.valueToTree(Map.of("weight_map", weights));
    JSON.writeValue(folder.resolve("model.safetensors.index.json").toFile(), json);
  }

  private void rewrite() throws IOException {
    HuggingFaceWriter.safetensors(folder.resolve("model.safetensors"), tensors);
  }

  private void raw(String header, int bytes) throws IOException {
    HuggingFaceWriter.raw(folder.resolve("model.safetensors"), header, new byte[bytes]);
  }

  private void assertRefused(String saying) {
    String message = assertThrows(Refusal.class, () -> Checkpoints.read(folder)).getMessage();
    assertTrue(message.contains(saying), message);
    assertEquals(1, message.lines().count(), message);
  }
}

package dunlin.host.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes Hugging Face folders as transformers' save_pretrained does. */
public final class HuggingFaceWriter {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** A tensor to be written: {@code bytes} is its little-endian data. */
  public record Tensor(String type, List<Integer> shape, byte[] bytes) {}

  private HuggingFaceWriter() {}

  /** {@code model} in {@code folder}, its tensors dealt out to {@code shards} files. */
  public static Path write(FloatModel model, Path folder, ElementType type, int shards)
      throws IOException {
    JSON.writeValue(folder.resolve("config.json").toFile(), config(model));
    List<Map<String, Tensor>> dealt = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      dealt.add(new LinkedHashMap<>());
    }
    Map<String, String> index = new LinkedHashMap<>();
    int next = 0;
    for (Map.Entry<String, Tensor> tensor : tensors(model, type).entrySet()) {
      dealt.get(next % shards).put(tensor.getKey(), tensor.getValue());
      index.put(tensor.getKey(), shardName(next++ % shards, shards));
    }
    for (int shard = 0; shard < shards; shard++) {
      safetensors(folder.resolve(shardName(shard, shards)), dealt.get(shard));
    }
    if (shards > 1) {
      Path file = folder.resolve("model.safetensors.index.json");
      JSON.writeValue(file.toFile(), Map.of("metadata", Map.of(), "weight_map", index));
    }
    return folder;
  }

  /** The config.json of {@code model}, to be changed at will. */
  public static Map<String, Object> config(FloatModel model) {
    LlamaConfig c = model.config();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architectures", List.of("LlamaForCausalLM"));
    json.put("attention_bias", false);
    json.put("head_dim", c.headSize());
    json.put("hidden_act", "silu");
    json.put("hidden_size", c.dim());
    json.put("intermediate_size", c.hidden());
    json.put("max_position_embeddings", c.context());
    json.put("mlp_bias", false);
    json.put("model_type", "llama");
    json.put("num_attention_heads", c.heads());
    json.put("num_hidden_layers", c.layers());
    json.put("num_key_value_heads", c.kvHeads());
    json.put("rms_norm_eps", c.normEpsilon());
    json.put("rope_scaling", null);
    json.put("rope_theta", c.ropeTheta());
    json.put("tie_word_embeddings", model.tied());
    json.put("vocab_size", c.vocabulary());
    return json;
  }

  /** The tensors of {@code model} by Hugging Face's names. */
  public static Map<String, Tensor> tensors(FloatModel model, ElementType type) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Weight weight : Weight.values()) {
      for (int layer = 0; layer < weight.count(model.config()); layer++) {
        if (weight != Weight.HEAD || !model.tied()) {
          Tensor tensor = tensor(model, weight, layer, type);
          tensors.put(weight.huggingFaceName(layer), tensor);
        }
      }
    }
    return tensors;
  }

  /** Writes {@code file} with a true header. */
  public static Path safetensors(Path file, Map<String, Tensor> tensors) throws IOException {
    Map<String, Object> header =
        new LinkedHashMap<>(Map.of("__metadata__", Map.of("format", "pt")));
    int end = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      List<Integer> offsets = List.of(end, end += tensor.bytes.length);
      header.put(
          entry.getKey(),
          Map.of("dtype", tensor.type, "shape", tensor.shape, "data_offsets", offsets));
    }
    ByteBuffer data = ByteBuffer.allocate(end);
    tensors.values().forEach(tensor -> data.put(tensor.bytes));
    return raw(file, JSON.writeValueAsString(header), data.array());
  }

  /** Writes {@code file} with any header, true or not. */
  public static Path raw(Path file, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(file, bytes.putLong(json.length).put(json).put(data).array());
  }

  private static String shardName(int shard, int shards) {
    return shards == 1
        ? "model.safetensors"
        : "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards);
  }

  private static Tensor tensor(FloatModel model, Weight weight, int layer, ElementType type) {
    Matrix matrix = Weights.of(model, weight, layer);
    boolean turned = weight == Weight.QUERY || weight == Weight.KEY;
    int columns = matrix.columns();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(type.bytes(matrix.values().length)))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < matrix.rows(); row++) {
      int from = turned ? pairRow(row, model.config().headSize()) : row;
      for (int column = 0; column < columns; column++) {
        put(bytes, type, matrix.at(from, column));
      }
    }
    List<Integer> shape =
        matrix.rows() == 1 && weight.isVector()
            ? List.of(columns)
            : List.of(matrix.rows(), columns);
    return new Tensor(type.name(), shape, bytes.array());
  }

  /** The row, in order of neighbouring pairs, that stands at {@code row} in order of halves. */
  private static int pairRow(int row, int headSize) {
    int inHead = row % headSize;
    int half = headSize / 2;
    return row - inHead + (inHead < half ? 2 * inHead : 2 * (inHead - half) + 1);
  }

  private static void put(ByteBuffer bytes, ElementType type, float value) {
    switch (type) {
      case F32 -> bytes.putFloat(value);
      case F16 -> bytes.putShort(half(value));
      case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(value) >> 16));
      case Q8_0 -> throw new IllegalArgumentException("safetensors have no " + type);
    }
  }

  /** binary32 to binary16, for normal numbers of no more than 11 significant bits. */
  static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int exponent = ((bits >> 23) & 255) - 127 + 15;
    return (short) (bits >> 16 & 0x8000 | exponent << 10 | (bits & 0x7FFFFF) >> 13);
  }
}

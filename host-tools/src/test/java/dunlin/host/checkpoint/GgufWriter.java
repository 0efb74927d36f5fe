package dunlin.host.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.Matrix;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes GGUF as llama.cpp's convert_hf_to_gguf.py does. Metadata and tensors may be changed. */
public final class GgufWriter {
  private static final int ALIGNMENT = 32;

  /** A tensor to be written; the type's number may be one that Dunlin does not read. */
  record Tensor(int type, List<Integer> shape, byte[] data) {}

  final Map<String, Object> metadata = new LinkedHashMap<>();
  final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private GgufWriter() {}

  /** {@code model}, its matrices in {@code type} where a row is whole blocks, else in F16. */
  public static GgufWriter of(FloatModel model, ElementType type) {
    GgufWriter gguf = new GgufWriter();
    LlamaConfig c = model.config();
    gguf.metadata.put("general.architecture", "llama");
    gguf.metadata.put("llama.context_length", c.context());
    gguf.metadata.put("llama.embedding_length", c.dim());
    gguf.metadata.put("llama.block_count", c.layers());
    gguf.metadata.put("llama.feed_forward_length", c.hidden());
    gguf.metadata.put("llama.attention.head_count", c.heads());
    gguf.metadata.put("llama.attention.head_count_kv", c.kvHeads());
    gguf.metadata.put("llama.attention.key_length", c.headSize());
    gguf.metadata.put("llama.attention.value_length", c.headSize());
    gguf.metadata.put("llama.attention.layer_norm_rms_epsilon", (float) c.normEpsilon());
    gguf.metadata.put("llama.rope.freq_base", (float) c.ropeTheta());
    gguf.metadata.put("llama.rope.dimension_count", c.headSize());
    gguf.metadata.put("llama.vocab_size", c.vocabulary());
    for (Weight weight : Weight.values()) {
      for (int layer = 0; layer < weight.count(c); layer++) {
        if (weight != Weight.HEAD || !model.tied()) {
          Tensor tensor = tensor(Weights.of(model, weight, layer), weight.isVector(), type);
          gguf.tensors.put(weight.ggufName(layer), tensor);
        }
      }
    }
    return gguf;
  }

  /** Adds a SentencePiece vocabulary: token 0 unknown, 1 and 2 control, then bytes and pieces. */
  public GgufWriter vocabulary(List<String> pieces, List<Float> scores) {
    metadata.put("tokenizer.ggml.model", "llama");
    metadata.put("tokenizer.ggml.pre", "default");
    metadata.put("tokenizer.ggml.tokens", pieces.stream().map(p -> p.replace(' ', '▁')).toList());
    metadata.put("tokenizer.ggml.scores", scores);
    metadata.put(
        "tokenizer.ggml.token_type",
        IntStream.range(0, pieces.size()).mapToObj(token -> kind(token, pieces)).toList());
    metadata.put("tokenizer.ggml.bos_token_id", 1);
    metadata.put("tokenizer.ggml.eos_token_id", 2);
    metadata.put("tokenizer.ggml.unknown_token_id", 0);
    return this;
  }

  private static int kind(int token, List<String> pieces) {
    if (token < 3) {
      return token == 0 ? 2 : 3;
    }
    return pieces.get(token).matches("<0x..>") ? 6 : 1;
  }

  /** Writes the file, version 3. */
  public Path write(Path file) throws IOException {
    List<Integer> padding = new ArrayList<>();
    try (Sink sink = new Sink(file)) {
      sink.bytes("GGUF".getBytes(UTF_8));
      sink.word(3);
      sink.number(tensors.size());
      sink.number(metadata.size());
      metadata.forEach(
          (key, value) -> {
            sink.string(key);
            sink.value(value);
          });
      long offset = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        Tensor tensor = entry.getValue();
        sink.string(entry.getKey());
        sink.word(tensor.shape.size());
        for (int i = tensor.shape.size() - 1; i >= 0; i--) {
          sink.number(tensor.shape.get(i));
        }
        sink.word(tensor.type);
        sink.number(offset);
        padding.add((ALIGNMENT - tensor.data.length % ALIGNMENT) % ALIGNMENT);
        offset += tensor.data.length + padding.get(padding.size() - 1);
      }
      sink.bytes(new byte[(ALIGNMENT - sink.size() % ALIGNMENT) % ALIGNMENT]);
      int i = 0;
      for (Tensor tensor : tensors.values()) {
        sink.bytes(tensor.data);
        sink.bytes(new byte[padding.get(i++)]);
      }
    }
    return file;
  }

  private static Tensor tensor(Matrix matrix, boolean vector, ElementType wanted) {
    boolean whole = matrix.columns() % wanted.blockElements() == 0;
    ElementType type = vector ? ElementType.F32 : whole ? wanted : ElementType.F16;
    ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(type.bytes(matrix.values().length)));
    data.order(ByteOrder.LITTLE_ENDIAN);
    float[] values = matrix.values();
    for (int i = 0; i < values.length; i += type.blockElements()) {
      switch (type) {
        case F32 -> data.putFloat(values[i]);
        case F16 -> data.putShort(half(values[i]));
        case Q8_0 -> block(values, i, data);
        case BF16 -> throw new IllegalArgumentException("not for GGUF here");
      }
    }
    List<Integer> shape =
        vector ? List.of(matrix.columns()) : List.of(matrix.rows(), matrix.columns());
    int number = type == ElementType.F32 ? 0 : type == ElementType.F16 ? 1 : 8;
    return new Tensor(number, shape, data.array());
  }

  /** As ggml's quantize_row_q8_0_ref. */
  private static void block(float[] values, int from, ByteBuffer data) {
    float peak = 0;
    for (int i = from; i < from + 32; i++) {
      peak = Math.max(peak, Math.abs(values[i]));
    }
    data.putShort(half(peak / 127));
    for (int i = from; i < from + 32; i++) {
      data.put((byte) (peak == 0 ? 0 : Math.round(values[i] / (peak / 127))));
    }
  }

  /** To 11 significant bits, for normal numbers of binary16; smaller ones become zero. */
  private static short half(float value) {
    float rounded = Float.intBitsToFloat(Float.floatToRawIntBits(value) + 0x1000 & ~0x1FFF);
    return Math.abs(rounded) < 0x1p-14f ? 0 : HuggingFaceWriter.half(rounded);
  }

  /** Little-endian words. */
  private static final class Sink implements AutoCloseable {
    private final DataOutputStream out;

    Sink(Path file) throws IOException {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    int size() {
      return out.size();
    }

    void bytes(byte[] bytes) {
      try {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void word(int word) {
      bytes(little(4).putInt(word).array());
    }

    void number(long number) {
      bytes(little(8).putLong(number).array());
    }

    void string(String text) {
      byte[] utf8 = text.getBytes(UTF_8);
      number(utf8.length);
      bytes(utf8);
    }

    void value(Object value) {
      word(type(value));
      if (value instanceof List<?> list) {
        word(type(list.get(0)));
        number(list.size());
        list.forEach(this::bare);
      } else {
        bare(value);
      }
    }

    private void bare(Object value) {
      if (value instanceof String text) {
        string(text);
      } else if (value instanceof Float number) {
        word(Float.floatToRawIntBits(number));
      } else if (value instanceof Long number) {
        number(number);
      } else {
        word((Integer) value);
      }
    }

    private static int type(Object value) {
      if (value instanceof List<?>) {
        return 9;
      }
      return value instanceof String
          ? 8
          : value instanceof Float ? 6 : value instanceof Long ? 10 : 4;
    }

    private static ByteBuffer little(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}

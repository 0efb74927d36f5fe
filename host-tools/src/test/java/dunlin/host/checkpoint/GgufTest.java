package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.Refusal;
import dunlin.host.GreedyReference;
import dunlin.host.SharedModels;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.oracle.Oracle;
import dunlin.host.tokenizer.Tokenizer;
import dunlin.host.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTest {
  private static final LlamaConfig SHAPE = new LlamaConfig(32, 64, 2, 4, 2, 8, 7, 9, 1e-5, 500_000);
  private static final FloatModel MODEL = RandomModel.of(SHAPE, false, 1);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"F32", "F16", "Q8_0"})
  void shouldReadLlamasInEveryType(ElementType type) throws IOException {
    FloatModel read = Checkpoints.read(write(GgufWriter.of(MODEL, type)));
    assertEquals(SHAPE, read.config());
    double peak = 0.5; // of any weight here: a step of Q8_0 is 1/127 of it
    for (int layer = 0; layer < SHAPE.layers(); layer++) {
      for (Weight weight : Weight.values()) {
        float[] expected = Weights.of(MODEL, weight, Math.min(layer, 1)).values();
        float[] actual = Weights.of(read, weight, layer).values();
        double error = weight.isVector() || type == ElementType.F32 ? 0 : peak / 127;
        assertEquals(0, worst(expected, actual), error, weight + " of layer " + layer);
      }
    }
  }

  @Test
  void shouldReachTheLogitsOfTheBinItWasMadeFrom() throws IOException {
    Path shared = SharedModels.require("stories260K");
    FloatModel bin = Checkpoints.read(shared.resolve("stories260K.bin"));
    List<Integer> tokens = GreedyReference.read(shared, 2).tokens();
    double[][] expected = logits(bin, tokens);
    assertArrayEquals(expected, logits(written(bin, ElementType.F32), tokens));
    assertEquals(0, worst(expected, logits(written(bin, ElementType.F16), tokens)), 0.02);
    assertEquals(0, worst(expected, logits(written(bin, ElementType.Q8_0), tokens)), 0.25);
  }

  @Test
  void shouldMakeTheTokensOfTheTokenizerThatItsVocabularyIsFrom() throws IOException {
    Path shared = SharedModels.require("stories260K");
    FloatModel bin = Checkpoints.read(shared.resolve("stories260K.bin"));
    Path file = write(Stories260kGguf.of(bin, ElementType.F32));
    assertEquals(file, ModelFiles.locate(file.toString()).tokenizer());
    Tokenizer own = Tokenizers.read(file, 512);
    Tokenizer other = Tokenizers.read(shared.resolve("tok512.bin"), 512);
    for (String text : List.of("Once upon a time", "One day, a dog\nran!  ü €", "<s>")) {
      assertArrayEquals(other.encode(text), own.encode(text), text);
      Tokenizer.Decoder ownWords = own.decoder();
      Tokenizer.Decoder otherWords = other.decoder();
      for (int token : own.prompt(text)) {
        assertEquals(otherWords.next(token), ownWords.next(token));
      }
    }
    assertTrue(own.ends(2) && own.begin() == 1);
  }

  @Test
  void shouldPreferTheTokenizerBesideIt() throws IOException {
    Path file = write(GgufWriter.of(MODEL, ElementType.F32));
    Path beside = Files.writeString(folder.resolve("tokenizer.json"), "{}");
    assertEquals(beside, ModelFiles.locate(folder.toString()).tokenizer());
    assertEquals(file, ModelFiles.locate(folder.toString()).checkpoint());
  }

  @Test
  void shouldTellHowFarItIs() throws IOException {
    int[] told = new int[101];
    Path file = write(GgufWriter.of(RandomModel.of(SHAPE, true, 2), ElementType.Q8_0));
    assertTrue(Checkpoints.read(file, percent -> told[percent]++).tied());
    assertEquals(1, told[100]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          general.architecture           | qwen2 | general.architecture is 'qwen2'
          llama.rope.scaling.type        | yarn  | llama.rope.scaling.type is yarn, not none
          llama.block_count              | two   | llama.block_count is two, not a whole number
          llama.attention.head_count     | 5     | kv_heads 2 does not divide heads 5
          llama.attention.key_length     | 16    | llama.attention.value_length is 8
          llama.expert_count             | 8     | llama.expert_count is 8, not 0
          llama.vocab_size               | 9     | llama.vocab_size is 9
          llama.block_count              | 1     | tensor blk.1.attn_norm.weight has no place
          llama.block_count              | 3     | tensor blk.2.attn_norm.weight is missing
          llama.feed_forward_length      | 96    | blk.0.ffn_gate.weight has shape [64, 32]
          general.alignment              | 0     | general.alignment is 0
          """)
  void shouldRefuseWhatItDoesNotRun(String key, String value, String words) throws IOException {
    GgufWriter gguf = GgufWriter.of(MODEL, ElementType.F32);
    gguf.metadata.put(key, value.matches("\\d+") ? Integer.valueOf(value) : value);
    assertRefused(gguf, words);
  }

  @ParameterizedTest
  @CsvSource({"2, Q4_0", "12, Q4_K", "14, Q6_K", "30, BF16", "4, 4", "999, 999"})
  void shouldRefuseOtherTypesByName(int type, String name) throws IOException {
    GgufWriter gguf = GgufWriter.of(MODEL, ElementType.F32);
    GgufWriter.Tensor up = gguf.tensors.get("blk.1.ffn_up.weight");
    gguf.tensors.put("blk.1.ffn_up.weight", new GgufWriter.Tensor(type, up.shape(), up.data()));
    assertRefused(gguf, "tensor blk.1.ffn_up.weight is of type " + name + ":");
  }

  @Test
  void shouldRefuseTensorsThatHaveNoPlace() throws IOException {
    GgufWriter gguf = GgufWriter.of(MODEL, ElementType.F32);
    gguf.tensors.put("rope_freqs.weight", new GgufWriter.Tensor(0, List.of(4), new byte[16]));
    assertRefused(gguf, "tensor rope_freqs.weight has no place in a Llama");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 23, 24, 400, 1500, -1})
  void shouldRefuseAFileThatIsCutShort(int length) throws IOException {
    Path file = write(GgufWriter.of(MODEL, ElementType.F32));
    byte[] bytes = Files.readAllBytes(file);
    int kept = length < 0 ? bytes.length - 4 : length;
    Files.write(file, Arrays.copyOf(bytes, kept));
    String message = assertThrows(Refusal.class, () -> Checkpoints.read(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
  }

  @Test
  void shouldRefuseVocabulariesOfOtherKinds() throws IOException {
    GgufWriter gguf = GgufWriter.of(MODEL, ElementType.F32);
    gguf.metadata.put("tokenizer.ggml.model", "gpt2");
    Path file = write(gguf);
    String message = assertThrows(Refusal.class, () -> Tokenizers.read(file, 7)).getMessage();
    assertTrue(message.contains("tokenizer.ggml.model is gpt2"), message);
    assertTrue(message.contains("tokenizer.json beside it"), message);
  }

  private Path write(GgufWriter gguf) throws IOException {
    return gguf.write(folder.resolve("model.gguf"));
  }

  private FloatModel written(FloatModel model, ElementType type) throws IOException {
    return Checkpoints.read(write(GgufWriter.of(model, type)));
  }

  private void assertRefused(GgufWriter gguf, String words) throws IOException {
    Path file = write(gguf);
    String message = assertThrows(Refusal.class, () -> Checkpoints.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": ") && message.contains(words), message);
  }

  private static double[][] logits(FloatModel model, List<Integer> tokens) {
    Oracle oracle = new Oracle(model);
    return IntStream.range(0, tokens.size())
        .mapToObj(position -> oracle.forward(tokens.get(position), position))
        .toArray(double[][]::new);
  }

  private static double worst(double[][] expected, double[][] actual) {
    return IntStream.range(0, expected.length)
        .mapToDouble(
            row ->
                IntStream.range(0, expected[row].length)
                    .mapToDouble(i -> Math.abs(expected[row][i] - actual[row][i]))
                    .max()
                    .orElseThrow())
        .max()
        .orElseThrow();
  }

  private static double worst(float[] expected, float[] actual) {
    return IntStream.range(0, expected.length)
        .mapToDouble(i -> Math.abs(expected[i] - actual[i]))
        .max()
        .orElseThrow();
  }
}

package dunlin.host.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.NormPlacement;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Matrix;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class EncoderDescriptionTest {
  static final String GOOD =
      """
      seed = 7
      frames = 9
      channels = 3
      dim = 5
      hidden = 11
      layers = 2
      heads = 3
      head-size = 2
      norm = "post"
      activation = "relu"
      pooling = "class-token"
      norm-epsilon = 1e-6
      labels = ["a", "b"]
      [[front-end]]
      kernel = 2
      stride = 1
      channels = 7
      activation = "gelu-erf"
      [[front-end]]
      kernel = 2
      stride = 2
      channels = 5
      activation = "none"
      """;

  @ParameterizedTest
  @CsvSource({
    "eegformer, 81, 32, 8, 32, 50610",
    "ecgformer, 66, 16, 8, 2, 6629",
    "radar-gesture, 4, 32, 8, 32, 54859",
    "s32-e64-h16-p64, 32, 64, 16, 64, 305610"
  })
  void shouldHaveTheShapesOfThePaper(
      String name, int tokens, int dim, int heads, int headSize, long parameters) {
    EncoderConfig config = EncoderDescription.named(name).config();
    assertEquals(tokens, config.context());
    assertEquals(dim, config.dim());
    assertEquals(heads, config.heads());
    assertEquals(headSize, config.headSize());
    assertEquals(parameters, config.parameters());
  }

  @ParameterizedTest
  @FieldSource("dunlin.host.checkpoint.EncoderDescription#NAMES")
  void shouldCountTheParametersThatTheModelHas(String name) {
    EncoderModel model = EncoderDescription.named(name).model();
    assertEquals(model.parameters(), numbers(model));
  }

  /** Those in every array that a value holds, however deep. */
  private static long numbers(Object value) {
    if (value instanceof Matrix matrix) {
      return matrix.values().length;
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(EncoderDescriptionTest::numbers).orElse(0L);
    }
    if (value instanceof List<?> list) {
      return list.stream().mapToLong(EncoderDescriptionTest::numbers).sum();
    }
    return value instanceof Record
        ? Arrays.stream(value.getClass().getRecordComponents())
            .mapToLong(component -> numbers(component(value, component)))
            .sum()
        : 0;
  }

  private static Object component(Object record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.getName(), e);
    }
  }

  /** Of {@link #GOOD}'s shape. */
  private static final String TEXT =
      """
      seed = 7
      dim = 5
      hidden = 11
      layers = 2
      heads = 3
      head-size = 2
      activation = "relu"
      pooling = "every-token"
      norm-epsilon = 1e-12
      labels = ["start", "end"]
      [words]
      positions = 9
      vocabulary = 19
      width = 4
      trigrams = true
      types = 2
      [bottleneck]
      width = 3
      feed-forwards = 3
      """;

  @Test
  void shouldDescribeMobileBert() {
    EncoderConfig config = EncoderDescription.named("mobilebert").config();
    assertEquals(24_582_914, config.parameters());
    assertEquals(512, config.context());
    assertEquals(30_522, config.vocabulary());
    assertEquals(128, config.width());
  }

  @Test
  void shouldReadEncodersOfText() {
    EncoderConfig config = EncoderDescription.parse("it.toml", "it", TEXT).config();
    assertEquals(Optional.of(new EncoderConfig.Words(19, 4, true, 2)), config.words());
    assertEquals(Optional.of(new EncoderConfig.Bottleneck(3, 3)), config.bottleneck());
    assertEquals(NormPlacement.POST, config.norm());
    assertEquals(9, config.context());
    int table = TEXT.indexOf("[bottleneck]");
    String plain = TEXT.substring(0, table).replace("every", "first");
    assertEquals(
        Optional.empty(), EncoderDescription.parse("it.toml", "it", plain).config().bottleneck());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          seed = 7              | seed = 7/frames = 9   | line 2, frames: only encoders of frames have it: without [words]
          seed = 7              | seed = 7/norm = "pre" | line 2, norm: only encoders of frames have it: without [words]
          "every-token"         | "mean"                | line 8, pooling: an encoder of text has first-token or every-token
          positions = 9         | positions = 0         | line 12, words.positions: 0, not 1 to 65536
          vocabulary = 19       | vocabulary = 1048577  | line 13, words.vocabulary: 1048577, not 1 to 1048576
          types = 2             | types = 17            | line 16, words.types: 17, not 1 to 16
          trigrams = true       | trigrams = 3          | line 15, words.trigrams: should be true or false
          feed-forwards = 3     | feed-forwards = 0     | line 19, bottleneck.feed-forwards: 0, not 1 to 16
          """)
  void shouldRefuseTextByFileLineAndKey(String good, String bad, String message) {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                EncoderDescription.parse(
                    "it.toml", "it", TEXT.replace(good, bad.replace('/', '\n'))));
    assertEquals("it.toml, " + message, refusal.what());
  }

  @Test
  void shouldMakeTokensOfFramesByConvolutions() {
    EncoderConfig config = EncoderDescription.parse("it.toml", "it", GOOD).config();
    assertEquals(4, config.tokens());
    assertEquals(5, config.context());
    assertEquals(7, config.inputChannels(1));
    assertEquals(3, config.kvHeads());
    assertEquals(2, config.vocabulary());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          frames = 9            | frames = 0            | line 2, frames: 0, not 1 to 65536
          frames = 9            | # none                | frames: missing
          frames = 9            | frames = "9"          | line 2, frames: should be a whole number
          layers = 2            | layers = 2/rows = 9    | line 7, rows: no such key, there are activation, bottleneck, channels, dim, frames, front-end, head-size, heads, hidden, labels, layers, norm, norm-epsilon, pooling, seed, words
          layers = 2            | layers = 65           | line 6, layers: 65, not 1 to 64
          norm = "post"         | norm = "rms"          | line 9, norm: 'rms' is none of pre, post
          activation = "relu"   | activation = "silu"   | line 10, activation: 'silu' is none of none, relu, gelu-erf, gelu-tanh, tanh
          activation = "relu"   | activation = "none"   | line 10, activation: 'none' makes one linear layer of the feed-forward's two
          "class-token"         | "max"                 | line 11, pooling: 'max' is none of class-token, mean, first-token, every-token
          norm-epsilon = 1e-6   | norm-epsilon = nan    | line 12, norm-epsilon: NaN, not above 0 and up to 1
          norm-epsilon = 1e-6   | norm-epsilon = 0      | line 12, norm-epsilon: 0.0, not above 0 and up to 1
          ["a", "b"]            | ["a", "a"]            | line 13, labels: label 2, 'a', is there twice
          ["a", "b"]            | ["a", ""]             | line 13, labels: label 2, '', is not 1 to 80 printable characters
          ["a", "b"]            | []                    | line 13, labels: 0 labels, not 1 to 4096
          channels = 5          | channels = 6          | line 22, front-end[1].channels: 6, where dim is 5
          "class-token"         | "first-token"         | line 11, pooling: an encoder of frames has class-token or mean
          stride = 2            | stride = 0            | line 21, front-end[1].stride: 0, not 1 to 8
          stride = 2            | stride = 2/steps = 2  | line 22, front-end[1].steps: no such key, there are activation, channels, kernel, stride
          seed = 7              | seed =                | line 1: Newline not permitted here
          """)
  void shouldRefuseByFileLineAndKey(String good, String bad, String message) {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                EncoderDescription.parse(
                    "it.toml", "it", GOOD.replace(good, bad.replace('/', '\n'))));
    assertEquals("docs/encoders.md shows every key", refusal.remedy());
    assertEquals("it.toml, " + message, refusal.what());
  }

  @Test
  void shouldRefuseAKernelLongerThanItsInputs() {
    String long8 = GOOD.replace("kernel = 2\nstride = 2", "kernel = 9\nstride = 2");
    Refusal refusal =
        assertThrows(Refusal.class, () -> EncoderDescription.parse("it.toml", "it", long8));
    assertEquals("it.toml, line 20, front-end[1].kernel: 9, not 1 to 8", refusal.what());
  }

  @Test
  void shouldRefuseWeightsThatNoFileWouldHold() {
    String huge = GOOD.replace("hidden = 11", "hidden = 16384").replace("dim = 5", "dim = 16384");
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                EncoderDescription.parse(
                    "it.toml", "it", huge.replace("channels = 5", "channels = 16384")));
    assertEquals("it.toml: 1,075,134,551 parameters, more than 33,554,432", refusal.what());
  }

  @Test
  void shouldNameTheEncodersWhereThereIsNoSuchOne() {
    Refusal refusal = assertThrows(Refusal.class, () -> EncoderDescription.named("kwt9"));
    assertEquals(
        "no encoder is called kwt9: choose one of eegformer, ecgformer, radar-gesture,"
            + " s32-e64-h16-p64, mobilebert, bert-tiny",
        refusal.getMessage());
  }
}

package dunlin.host.quantise;

import static dunlin.host.SpoiltModel.Tensor.DOWN;
import static dunlin.host.SpoiltModel.Tensor.KEY;
import static dunlin.host.SpoiltModel.Tensor.OUTPUT;
import static dunlin.host.SpoiltModel.Tensor.QUERY;
import static dunlin.host.SpoiltModel.Tensor.UP;
import static dunlin.host.SpoiltModel.Tensor.VALUE;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.host.SmallModels;
import dunlin.host.SpoiltModel;
import dunlin.host.SpoiltModel.Tensor;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.oracle.Oracle;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.run.Sampling;
import dunlin.host.run.Transcript;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logits of the integer model beside the oracle's, for models whose weights are unlike any trained
 * one's: a scale that is wrong by a bit shows here. What int8 itself cannot do (a softmax sharpened
 * thirtyfold) is not asked for.
 */
class OracleAgreementTest {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(64, 172, 3, 8, 4, 8, 200, 48, 1e-5, 10_000);
  private static final FloatModel MODEL = RandomModel.of(SHAPE, false, 7);

  /** Measured: 0.9985 for most; 0.9916 for the widest random model. */
  private static final double COSINE = 0.99;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldAgreeOnRandomModels(long seed) {
    assertAgrees(RandomModel.of(SHAPE, seed % 2 == 0, seed));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shouldAgreeOnOtherShapes(LlamaConfig shape) {
    assertAgrees(RandomModel.of(shape, false, 3));
  }

  static Stream<LlamaConfig> shapes() {
    return Stream.of(
        new LlamaConfig(32, 172, 1, 2, 1, 16, 50, 20, 1e-5, 10_000),
        new LlamaConfig(33, 43, 2, 6, 3, 6, 131, 30, 1e-6, 500),
        new LlamaConfig(40, 97, 2, 3, 3, 2, 64, 40, 1e-5, 10_000),
        new LlamaConfig(128, 344, 4, 4, 4, 32, 300, 20, 1e-5, 10_000));
  }

  @ParameterizedTest
  @EnumSource(Tensor.class)
  void shouldAgreeWhereATensorIsZero(Tensor tensor) {
    assertAgrees(SpoiltModel.from(MODEL).scale(tensor, 0).model());
  }

  @ParameterizedTest
  @EnumSource(Tensor.class)
  void shouldAgreeWhereATensorIsTiny(Tensor tensor) {
    assertAgrees(SpoiltModel.from(MODEL).scale(tensor, 1e-3).model());
    assertAgrees(SpoiltModel.from(MODEL).scale(tensor, 1e-6).model());
  }

  @ParameterizedTest
  @EnumSource(
      value = Tensor.class,
      names = {"VALUE", "OUTPUT", "UP", "DOWN"})
  void shouldAgreeWhereATensorIsLarge(Tensor tensor) {
    assertAgrees(SpoiltModel.from(MODEL).scale(tensor, 30).model());
    assertAgrees(SpoiltModel.from(MODEL).scale(tensor, 1e3).model());
  }

  @ParameterizedTest
  @EnumSource(Tensor.class)
  void shouldAgreeWhereRowsAreZeroOrTiny(Tensor tensor) {
    assertAgrees(SpoiltModel.from(MODEL).scaleRows(tensor, 5, 0).model());
    assertAgrees(SpoiltModel.from(MODEL).scaleRows(tensor, 5, 1e-3).model());
  }

  @ParameterizedTest
  @EnumSource(Tensor.class)
  void shouldAgreeWhereColumnsAreZeroOrTiny(Tensor tensor) {
    assertAgrees(SpoiltModel.from(MODEL).scaleColumns(tensor, 11, 0).model());
    assertAgrees(SpoiltModel.from(MODEL).scaleColumns(tensor, 11, 1e-3).model());
  }

  /** Tensors that are joined in one projection, and whose product is what it was. */
  @ParameterizedTest
  @MethodSource("imbalances")
  void shouldAgreeWhereOneTensorMakesUpForAnother(
      Tensor large, double by, Tensor small, Tensor third) {
    SpoiltModel spoilt = SpoiltModel.from(MODEL).scale(large, by).scale(small, 1 / by);
    assertAgrees(spoilt.scale(third, 1 / by).scale(third == VALUE ? OUTPUT : DOWN, by).model());
  }

  static Stream<Arguments> imbalances() {
    return Stream.of(
        Arguments.of(QUERY, 1e4, KEY, VALUE),
        Arguments.of(KEY, 1e3, QUERY, VALUE),
        Arguments.of(QUERY, 1e-3, KEY, VALUE),
        Arguments.of(QUERY, 1e3, KEY, UP),
        Arguments.of(QUERY, 10, KEY, UP));
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 100, 1000})
  void shouldAgreeWhereChannelsOfTheStreamStandOut(double by) {
    assertAgrees(SpoiltModel.from(MODEL).scaleEmbeddingColumns(16, by).model());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e3, 1e6})
  void shouldAgreeOnEmbeddingsOfAnySize(double by) {
    assertAgrees(SpoiltModel.from(MODEL).scaleEmbedding(by).model());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-30, 1e-12, 1})
  void shouldAgreeForAnyEpsilon(double epsilon) {
    assertAgrees(SpoiltModel.from(MODEL).epsilon(epsilon).model());
  }

  @Test
  void shouldAgreeWhereEveryBlockIsZero() {
    SpoiltModel spoilt = SpoiltModel.from(MODEL);
    for (Tensor tensor : Tensor.values()) {
      spoilt.scale(tensor, 0);
    }
    assertAgrees(spoilt.model());
  }

  @Test
  void shouldRefuseAGateWithoutFractionBits() {
    assertRefused(SpoiltModel.from(MODEL).scale(Tensor.GATE, 1e3).model(), "fraction bits of 16");
  }

  @Test
  void shouldRefuseLogitsWithoutFractionBits() {
    FloatModel tied = RandomModel.of(SHAPE, true, 7);
    assertRefused(SpoiltModel.from(tied).scaleEmbedding(1e3).model(), "logits up to");
  }

  @Test
  void shouldRefuseAStreamThatOutgrowsItsEmbedding() {
    assertRefused(SpoiltModel.from(MODEL).scale(DOWN, 1e5).model(), "are lost in a residual");
    assertRefused(SpoiltModel.from(MODEL).scaleEmbedding(1e-6).model(), "are lost in a residual");
  }

  private static void assertRefused(FloatModel model, String reason) {
    Refusal refusal = assertThrows(Refusal.class, () -> SmallModels.quantise(model));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  private static void assertAgrees(FloatModel model) {
    LlamaConfig config = model.config();
    int[] text = SmallModels.text(config, 3);
    Transcript integers =
        Transcript.of(
            SmallModels.quantise(model),
            BoardTypes.named("emulated"),
            new PlanOptions(config.context(), 16, null, Inspection.ALL_LOGITS),
            text,
            Sampling.GREEDY);
    Oracle oracle = new Oracle(model);
    double cross = 0;
    double exactSquares = 0;
    double squares = 0;
    for (int position = 0; position < text.length; position++) {
      double[] exact = oracle.forward(text[position], position);
      int[] actual = integers.logits().get(position);
      for (int i = 0; i < exact.length; i++) {
        cross += exact[i] * actual[i];
        exactSquares += exact[i] * exact[i];
        squares += (double) actual[i] * actual[i];
      }
    }
    double cosine = cross / Math.sqrt(exactSquares * squares);
    double size = Math.sqrt(squares / exactSquares) / (1 << QuantisedModel.LOGIT_FRACTION);
    assertTrue(cosine > COSINE, "cosine " + cosine);
    assertTrue(Math.abs(size - 1) < 0.03, "size " + size);
  }
}

package dunlin.host.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.host.SmallEncoders;
import dunlin.host.checkpoint.EncoderDescription;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.RandomEncoder;
import dunlin.host.model.TokenSequence;
import dunlin.host.oracle.EncoderOracle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelfTextsTest {
  @Test
  void shouldBeOfEveryLengthThatASmallModelTakes() {
    EncoderConfig config = SmallEncoders.text(Pooling.EVERY_TOKEN);
    EncoderOracle oracle = new EncoderOracle(RandomEncoder.of("small", config, 1));
    List<TokenSequence> texts = SelfTexts.of(config);
    texts.forEach(oracle::forward);
    assertArrayEquals(
        IntStream.rangeClosed(1, config.context()).toArray(),
        texts.stream().mapToInt(text -> text.tokens().length).distinct().toArray());
  }

  @Test
  void shouldHaveTokensFromAllOfTheVocabularyAndBothTypes() {
    EncoderConfig config = EncoderDescription.named("bert-tiny").config();
    List<TokenSequence> texts = SelfTexts.of(config);
    int[] tokens = texts.stream().flatMapToInt(text -> Arrays.stream(text.tokens())).toArray();
    assertTrue(Arrays.stream(tokens).min().orElseThrow() < 1000);
    assertTrue(Arrays.stream(tokens).max().orElseThrow() > 29_000);
    assertEquals(
        2, texts.stream().flatMapToInt(text -> Arrays.stream(text.types())).distinct().count());
  }

  @Test
  void shouldBeTheSameEachTime() {
    EncoderConfig config = SmallEncoders.text(Pooling.EVERY_TOKEN);
    assertArrayEquals(SelfTexts.of(config).get(7).tokens(), SelfTexts.of(config).get(7).tokens());
  }
}

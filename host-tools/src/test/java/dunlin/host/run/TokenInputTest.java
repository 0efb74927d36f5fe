package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.Refusal;
import dunlin.host.model.EncoderConfig;
import dunlin.host.model.EncoderConfig.Pooling;
import dunlin.host.model.EncoderConfig.Words;
import dunlin.host.model.Nonlinearity;
import dunlin.host.model.TokenSequence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenInputTest {
  @Test
  void shouldPlaceTypesBehindAllTokensThatThereMayBe() {
    byte[] input = TokenInput.of(config(2), text(new int[] {5, 99, 0}, new int[] {0, 1, 1}), 4);
    int[] words = new int[input.length / 4];
    ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    assertArrayEquals(new int[] {5, 99, 0, 0, 0, 1, 1, 0}, words);
  }

  @Test
  void shouldGiveNodesATypeWhereTheModelHasNone() {
    EncoderConfig none = config(0);
    assertEquals(1, none.words().orElseThrow().typeRows());
    assertEquals(32, TokenInput.of(none, text(new int[] {1}, new int[] {0}), 4).length);
  }

  @Test
  void shouldRefuseATextThatIsTooLong() {
    assertRefusal(
        text(new int[5], new int[5]),
        "it: 5 tokens, where the flock takes 4: give a shorter text, or plan with a longer --context");
  }

  @Test
  void shouldRefuseWhatTheModelDoesNotKnow() {
    assertRefusal(
        text(new int[] {1, 100}, new int[2]),
        "it: token 100, where the model has 100: use the model's tokenizer");
    assertRefusal(
        text(new int[] {-1}, new int[1]),
        "it: token -1, where the model has 100: use the model's tokenizer");
    assertRefusal(
        text(new int[] {1}, new int[] {2}),
        "it: type 2, where the model has 2: use the model's tokenizer");
  }

  private static void assertRefusal(TokenSequence text, String message) {
    Refusal refusal = assertThrows(Refusal.class, () -> TokenInput.of(config(2), text, 4));
    assertEquals(message, refusal.getMessage());
  }

  private static TokenSequence text(int[] tokens, int[] types) {
    return new TokenSequence("it", tokens, types);
  }

  private static EncoderConfig config(int types) {
    return EncoderConfig.ofText(
        4,
        new Words(100, 8, false, types),
        8,
        16,
        1,
        2,
        4,
        Optional.empty(),
        Nonlinearity.GELU_ERF,
        Pooling.EVERY_TOKEN,
        1e-12,
        List.of("start", "end"));
  }
}

package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.kernels.Dsp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A root whose model is asked about a text: tokens, then their types. */
class TextInputTest {
  private static final int MOST = TestImage.MAX_ROWS;
  private static final int TOKENS = TestImage.VOCABULARY;
  private static final int TYPES = TestImage.TYPES;

  private final int[] tokens = {0, TOKENS - 1, 2, 1};
  private final int[] types = {0, 0, TYPES - 1, 1};
  private final Bench bench = new Bench(TestImage.withText());

  @BeforeEach
  void greet() {
    bench.hello();
  }

  @Test
  void shouldTakeATextOfAnyLength() {
    send();
    for (int rows = 1; rows <= MOST; rows++) {
      assertAnswers(rows);
    }
  }

  @Test
  void shouldRefuseTokensThatTheVocabularyLacks() {
    for (int token : new int[] {TOKENS, -1, Integer.MAX_VALUE}) {
      tokens[2] = token;
      send();
      pass(3);
      bench.expectFault(Fault.TOKEN, token);
    }
  }

  @Test
  void shouldRefuseTypesThatTheTableLacks() {
    for (int type : new int[] {TYPES, -1, Integer.MIN_VALUE}) {
      types[1] = type;
      send();
      pass(2);
      bench.expectFault(Fault.TYPE, type);
    }
  }

  @Test
  void shouldNotLookBehindTheRowsOfAPass() {
    tokens[2] = TOKENS;
    types[2] = TYPES;
    send();
    assertAnswers(2);
    pass(3);
    bench.expectFault(Fault.TOKEN, TOKENS);
  }

  @Test
  void shouldTakeAnotherTextAfterARefusal() {
    tokens[0] = TOKENS;
    send();
    pass(1);
    bench.expectFault(Fault.TOKEN, TOKENS);
    tokens[0] = 0;
    send();
    assertAnswers(1);
  }

  @Test
  void shouldRefuseTokensInTheRequestBesideAText() {
    send();
    bench.request(TestRequest.sample(0, 1));
    bench.expectFault(Fault.ROWS, 1);
  }

  @Test
  void shouldRefuseMoreRowsThanTheTextHas() {
    send();
    pass(MOST + 1);
    bench.expectFault(Fault.ROWS, MOST + 1);
  }

  private void send() {
    byte[] input = new byte[8 * MOST];
    for (int i = 0; i < MOST; i++) {
      Dsp.store32(input, 4 * i, tokens[i]);
      Dsp.store32(input, 4 * (MOST + i), types[i]);
    }
    bench.send(Frame.INPUT, input, 0);
  }

  private void pass(int rows) {
    bench.request(TestRequest.sample(0).withRows(rows));
  }

  private void assertAnswers(int rows) {
    pass(rows);
    assertEquals(TestImage.BEST, bench.next().word(Result.TOKEN));
  }
}

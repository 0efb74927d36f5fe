package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose model is asked about an input, not about tokens. */
class InputTest {
  private static final byte[] INPUT = new byte[TestImage.INPUT_BYTES];

  static {
    for (int i = 0; i < INPUT.length; i++) {
      INPUT[i] = (byte) (i + 1);
    }
  }

  private final Bench bench = new Bench(TestImage.withInput());

  @BeforeEach
  void greet() {
    bench.hello();
  }

  @Test
  void shouldTakeAnInputInPieces() {
    send(0, 8);
    send(8, 12);
    send(12, INPUT.length);
    assertPassSees(INPUT);
  }

  @Test
  void shouldKeepAnInputForTheNextPass() {
    send(0, INPUT.length);
    assertPassSees(INPUT);
    assertPassSees(INPUT);
  }

  @Test
  void shouldStartAnewWithAFirstPiece() {
    send(0, 20);
    send(0, INPUT.length);
    assertPassSees(INPUT);
  }

  @Test
  void shouldRefuseAPassWithoutAllOfItsInput() {
    send(0, 20);
    pass();
    bench.expectFault(Fault.INPUT, 20);
    send(20, INPUT.length);
    assertPassSees(INPUT);
  }

  @Test
  void shouldForgetAnInputOnAGreeting() {
    send(0, INPUT.length);
    bench.hello();
    pass();
    bench.expectFault(Fault.INPUT, 0);
  }

  @Test
  void shouldRefuseAPieceThatLeavesAGap() {
    send(0, 8);
    send(12, 16);
    bench.expectFault(Fault.INPUT, 8);
  }

  @Test
  void shouldRefuseMoreThanTheInput() {
    bench.send(Frame.INPUT, new byte[INPUT.length + 1], 0);
    bench.expectFault(Fault.INPUT, 0);
  }

  @Test
  void shouldRefuseTokensBesideAnInput() {
    send(0, INPUT.length);
    bench.request(TestRequest.sample(0, 1));
    bench.expectFault(Fault.ROWS, 1);
  }

  @Test
  void shouldRefuseInputWhereRequestsHaveTokens() {
    Bench decoder = new Bench(TestImage.plain());
    decoder.hello();
    decoder.send(Frame.INPUT, new byte[4], 0);
    decoder.expectFault(Fault.INPUT, 0);
    decoder.send(Frame.INPUT, new byte[0], 0);
    decoder.request(TestRequest.sample(0, 1));
    assertEquals(TestImage.BEST, decoder.next().word(Result.TOKEN));
  }

  private void send(int from, int to) {
    bench.send(Frame.INPUT, Arrays.copyOfRange(INPUT, from, to), from / 4);
  }

  private void pass() {
    bench.request(TestRequest.sample(0).withRows(1));
  }

  private void assertPassSees(byte[] input) {
    pass();
    Bench.Answer tap = bench.next();
    assertEquals(Frame.TAP, tap.kind());
    byte[] seen = tap.payload();
    assertArrayEquals(input, Arrays.copyOfRange(seen, Segment.DATA, seen.length));
    assertEquals(TestImage.BEST, bench.next().word(Result.TOKEN));
  }
}

package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.hal.emulated.BoardSpec.UartSpec;
import dunlin.kernels.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node with a good image answers. */
class NodeTest {
  private final Bench bench = new Bench(TestImage.plain());

  @Test
  void shouldPickTheBestToken() {
    bench.hello();
    bench.request(TestRequest.sample(0, 1, 2));
    Bench.Answer result = bench.next();
    assertEquals(Frame.RESULT, result.kind());
    assertEquals(0, result.position());
    assertEquals(TestImage.BEST, result.word(Result.TOKEN));
    assertEquals(7, result.word(Result.VALUE));
  }

  @Test
  void shouldEndAPrefillWithoutAToken() {
    bench.hello();
    bench.request(TestRequest.prefill(0, 1, 2).withFlags(Request.SEND_LOGITS));
    Bench.Answer result = bench.next();
    assertEquals(Frame.RESULT, result.kind());
    assertEquals(Candidate.NONE, result.word(Result.TOKEN));
  }

  @Test
  void shouldSendLogitsBeforeTheResult() {
    bench.hello();
    bench.request(TestRequest.sample(0, 1).withFlags(Request.SAMPLE | Request.SEND_LOGITS));
    Bench.Answer logits = bench.next();
    assertEquals(Frame.LOGITS, logits.kind());
    assertEquals(0, logits.word(Segment.OFFSET));
    assertEquals(4 * TestImage.VOCABULARY, logits.word(Segment.TOTAL));
    assertEquals(7, logits.word(Segment.DATA + 4 * TestImage.BEST));
    assertEquals(Frame.RESULT, bench.next().kind());
  }

  @Test
  void shouldCountPositionsFromPassToPass() {
    bench.hello();
    bench.request(TestRequest.sample(0, 1, 1, 1, 1));
    assertEquals(Frame.RESULT, bench.next().kind());
    bench.request(TestRequest.sample(5, 1));
    bench.expectFault(Fault.POSITION, 4);
    bench.request(TestRequest.sample(4, 1, 1, 1));
    bench.expectFault(Fault.POSITION, 4);
    bench.request(TestRequest.sample(4, 1, 1));
    assertEquals(4, bench.next().position());
    bench.request(TestRequest.sample(6, 1));
    bench.expectFault(Fault.POSITION, 6);
    bench.request(TestRequest.sample(2, 1));
    assertEquals(2, bench.next().position());
    bench.request(TestRequest.sample(65_535, 1));
    bench.expectFault(Fault.POSITION, 3);
  }

  @Test
  void shouldRefuseRowsThatTheFrameDoesNotHold() {
    bench.hello();
    bench.request(TestRequest.sample(0));
    bench.expectFault(Fault.ROWS, 0);
    bench.request(TestRequest.sample(0, 1, 1, 1, 1, 1));
    bench.expectFault(Fault.ROWS, 5);
    bench.request(TestRequest.sample(0, 1, 1).withRows(3));
    bench.expectFault(Fault.ROWS, 3);
    bench.request(TestRequest.sample(0, 1, 1).withRows(1));
    bench.expectFault(Fault.ROWS, 1);
    bench.request(TestRequest.sample(0, 1).withRows(65_535));
    bench.expectFault(Fault.ROWS, 65_535);
    bench.send(Frame.REQUEST, new byte[Request.TOKENS - 1], 0);
    bench.expectFault(Fault.ROWS, 0);
    bench.send(Frame.REQUEST, new byte[0], 0);
    bench.expectFault(Fault.ROWS, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, TestImage.VOCABULARY, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void shouldRefuseATokenThatIsNotInTheVocabulary(int token) {
    bench.hello();
    bench.request(TestRequest.sample(0, 1, token));
    bench.expectFault(Fault.TOKEN, token);
  }

  @Test
  void shouldRefuseSamplingOutOfRange() {
    bench.hello();
    bench.request(TestRequest.sample(0, 1).withSampling(-1, 0));
    bench.expectFault(Fault.SAMPLING, -1);
    bench.request(TestRequest.sample(0, 1).withSampling(Request.MAX_TEMPERATURE + 1, 0));
    bench.expectFault(Fault.SAMPLING, Request.MAX_TEMPERATURE + 1);
    bench.request(TestRequest.sample(0, 1).withSampling(0, -1));
    bench.expectFault(Fault.SAMPLING, -1);
    bench.request(TestRequest.sample(0, 1).withSampling(0, TestImage.MAX_TOP_K + 1));
    bench.expectFault(Fault.SAMPLING, TestImage.MAX_TOP_K + 1);
    bench.request(TestRequest.sample(0, 1).withSampling(0, TestImage.MAX_TOP_K));
    assertEquals(Frame.RESULT, bench.next().kind());
  }

  @Test
  void shouldGoOnAfterARefusal() {
    bench.hello();
    bench.request(TestRequest.sample(0, 1, 2));
    bench.next();
    bench.request(TestRequest.sample(2, -1));
    bench.expectFault(Fault.TOKEN, -1);
    bench.request(TestRequest.sample(2, 1));
    assertEquals(Frame.RESULT, bench.next().kind());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Frame.RESULT, Frame.LOGITS, Frame.TAP, Frame.FAULT, 7, Frame.MAX_KIND})
  void shouldRefuseFramesThatANodeDoesNotTake(int kind) {
    bench.hello();
    bench.send(kind, new byte[3], 0);
    bench.expectFault(Fault.UNKNOWN_FRAME, kind);
  }

  @Test
  void shouldTakeNothingBeforeTheFirstHello() {
    bench.request(TestRequest.sample(0, 1));
    bench.emulation().runUntil(1_000_000_000);
    assertEquals(Fault.NONE, bench.hello().word(Hello.FAULT));
    bench.request(TestRequest.sample(0, 1));
    assertEquals(Frame.RESULT, bench.next().kind());
  }

  @Test
  void shouldAskForALostFrameWhenTheNextOneComes() {
    bench.hello();
    bench.lose(TestRequest.sample(0, 1));
    bench.request(TestRequest.sample(1, 2));
    assertEquals(0, bench.next().position());
    assertEquals(1, bench.next().position());
  }

  @Test
  void shouldSayThatItHasBooted() {
    bench.hello();
    bench.board().reset();
    Bench.Answer booted = bench.announcement();
    assertEquals(Frame.HELLO, booted.kind());
    assertEquals(9, booted.word(Hello.UID + 8));
  }

  @Test
  void shouldAnswerHelloAfterTheBeginningOfAFrame() {
    byte[] beginning = {Frame.SYNC, Frame.REQUEST, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3};
    bench.write(beginning);
    assertEquals(Fault.NONE, bench.hello().word(Hello.FAULT));
  }

  /** At any time in a pass that sends: what was sent before the reset is never taken for new. */
  @ParameterizedTest
  @ValueSource(longs = {0, 10_000, 500_000, 1_000_000, 3_333_333, 5_000_000, 9_000_000})
  void shouldAnswerHelloAfterAResetInMidPass(long nanos) {
    Bench tapping = new Bench(TestImage.tapping());
    tapping.hello();
    tapping.request(TestRequest.sample(0, 1));
    tapping.emulation().runUntil(tapping.emulation().now() + nanos);
    tapping.board().reset();
    tapping.hello();
    tapping.request(TestRequest.sample(0, 1));
    assertEquals(Frame.TAP, tapping.next().kind());
  }

  @Test
  void shouldAnswerHelloAfterThePassThatIsUnderWay() {
    Bench tapping =
        new Bench(TestImage.tapping(), new UartSpec(512, 1, 1_000_000), 0, List.of(999));
    tapping.hello();
    tapping.request(TestRequest.sample(0, 1));
    tapping.emulation().runUntil(tapping.emulation().now() + 1_000_000);
    assertEquals(Fault.NONE, tapping.hello().word(Hello.FAULT));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 267, 268, 269, 512, 4096})
  void shouldSendTheSameThroughATransmitQueueOfAnySize(int queue) {
    UartSpec uart = new UartSpec(512, queue, 1_000_000);
    Bench tapping = new Bench(TestImage.tapping(), uart, 0, List.of(1000));
    tapping.hello();
    TestRequest request = TestRequest.sample(0, 1);
    tapping.request(request.withFlags(Request.SAMPLE | Request.SEND_LOGITS));
    List<Integer> kinds = new ArrayList<>();
    byte[] tapped = new byte[TestImage.TAP_BYTES];
    Bench.Answer answer;
    do {
      answer = tapping.next();
      kinds.add(answer.kind());
      if (answer.kind() == Frame.TAP) {
        int count = answer.payload().length - Segment.DATA;
        System.arraycopy(
            answer.payload(), Segment.DATA, tapped, answer.word(Segment.OFFSET), count);
      }
    } while (answer.kind() != Frame.RESULT);
    assertEquals(List.of(Frame.TAP, Frame.TAP, Frame.TAP, Frame.LOGITS, Frame.RESULT), kinds);
    assertArrayEquals(Arrays.copyOf(TestImage.tapping(), TestImage.TAP_BYTES), tapped);
    assertEquals(TestImage.BEST, answer.word(Result.TOKEN));
  }

  @Test
  void shouldFeedItsWatchdogWhileItWaits() {
    Bench watched = new Bench(TestImage.plain(), Bench.UART, 1_000_000, List.of(1000));
    watched.hello();
    watched.emulation().runUntil(1_000_000_000);
    assertEquals(0, watched.board().watchdogResets());
    assertTrue(watched.board().steps() < 3_000, "steps: " + watched.board().steps());
  }
}

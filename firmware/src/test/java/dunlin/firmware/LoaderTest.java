package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.hal.emulated.BoardSpec.UartSpec;
import dunlin.kernels.Dsp;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose flash the host reads, erases and programs: one sector, in units of a byte. */
class LoaderTest {
  private final byte[] image = TestImage.plain();
  private final Bench bench = new Bench(image);

  @BeforeEach
  void greet() {
    bench.hello();
  }

  private static byte[] order(int operation, int offset, int count, int... path) {
    byte[] order = new byte[FlashOrder.data(path.length)];
    order[FlashOrder.OPERATION] = (byte) operation;
    order[FlashOrder.HOPS] = (byte) path.length;
    order[FlashOrder.COUNT] = (byte) count;
    Dsp.store32(order, FlashOrder.OFFSET, offset);
    for (int i = 0; i < path.length; i++) {
      order[FlashOrder.PATH + i] = (byte) path[i];
    }
    return order;
  }

  private static byte[] program(int offset, byte[] data) {
    byte[] head = order(FlashOrder.PROGRAM, offset, data.length);
    byte[] order = Arrays.copyOf(head, head.length + data.length);
    System.arraycopy(data, 0, order, head.length, data.length);
    return order;
  }

  private Bench.Answer ask(byte[] order) {
    bench.send(Frame.FLASH, order, 77);
    Bench.Answer answer = bench.next();
    assertEquals(Frame.FLASH, answer.kind());
    assertEquals(77, answer.position());
    return answer;
  }

  private void expect(int fault, int detail, byte[] order) {
    Bench.Answer answer = ask(order);
    assertEquals(fault, answer.word(FlashAnswer.FAULT));
    assertEquals(detail, answer.word(FlashAnswer.DETAIL));
    assertEquals(FlashAnswer.DATA, answer.payload().length);
  }

  @Test
  void shouldSayWhatTheBoardIs() {
    Bench.Answer answer = ask(order(FlashOrder.DESCRIBE, 0, 0));
    assertEquals(FlashAnswer.DESCRIPTION_BYTES, answer.payload().length);
    assertEquals(1, answer.word(FlashAnswer.BOARD) >> 16);
    assertEquals(image.length, answer.word(FlashAnswer.FLASH_BYTES));
    assertEquals(image.length, answer.word(FlashAnswer.SECTOR_BYTES));
    assertEquals(Fault.NONE, answer.word(FlashAnswer.IMAGE_FAULT));
    assertEquals(9, answer.word(FlashAnswer.UID + 8));
  }

  @Test
  void shouldReadAtAnyOffset() {
    for (int offset : new int[] {0, 1, 2, 103, image.length - 100}) {
      byte[] read = ask(order(FlashOrder.READ, offset, 100)).payload();
      assertArrayEquals(
          Arrays.copyOfRange(image, offset, offset + 100),
          Arrays.copyOfRange(read, FlashAnswer.DATA, read.length));
    }
    assertEquals(
        Frame.HELLO, bench.hello().kind(), "and the node is what it was before it was read");
  }

  @Test
  void shouldHaveNoImageOnceItsFlashChanges() {
    expect(Fault.NONE, 0, order(FlashOrder.ERASE, 5, 0));
    assertEquals(-1, bench.board().flash().bytes()[0]);
    assertEquals(Fault.NO_IMAGE, bench.hello().word(Hello.FAULT));
    bench.request(TestRequest.sample(0, 1));
    bench.expectFault(Fault.NO_IMAGE, 0);
  }

  @Test
  void shouldTakeWhatWasProgrammedIntoUseWhenItIsRestarted() {
    ask(order(FlashOrder.ERASE, 0, 0));
    for (int at = image.length; at > 0; ) {
      int from = Math.max(0, at - FlashOrder.MAX_DATA);
      expect(Fault.NONE, 0, program(from, Arrays.copyOfRange(image, from, at)));
      at = from;
    }
    assertArrayEquals(image, bench.board().flash().bytes());
    assertEquals(Fault.NO_IMAGE, bench.hello().word(Hello.FAULT));
    bench.send(Frame.FLASH, order(FlashOrder.RESTART, 0, 0), 1);
    assertEquals(Fault.NONE, bench.announcement().word(Hello.FAULT));
    bench.hello();
    bench.request(TestRequest.sample(0, 1, 2));
    assertEquals(TestImage.BEST, bench.next().word(Result.TOKEN));
  }

  @Test
  void shouldSayAtWhichOpItIsBusyAndKeepItsFlashInMidPass() {
    byte[] tapping = TestImage.tapping();
    Bench busy = new Bench(tapping, new UartSpec(512, 1, 1_000_000), 0, List.of(1000));
    busy.hello();
    busy.request(TestRequest.sample(0, 1));
    busy.emulation().runUntil(busy.emulation().now() + 1_000_000); // the first tap is going out
    busy.send(Frame.FLASH, order(FlashOrder.ERASE, 0, 0), 77);
    Bench.Answer answer = busy.next();
    while (answer.kind() == Frame.TAP) {
      answer = busy.next();
    }
    assertEquals(Frame.FLASH, answer.kind());
    assertEquals(77, answer.position());
    assertEquals(Fault.BUSY, answer.word(FlashAnswer.FAULT));
    assertEquals(0, answer.word(FlashAnswer.DETAIL), "the tap");
    assertArrayEquals(tapping, busy.board().flash().bytes());
    while (answer.kind() != Frame.RESULT) {
      answer = busy.next();
    }
    assertEquals(TestImage.BEST, answer.word(Result.TOKEN), "and the pass ends well");
    busy.send(Frame.FLASH, order(FlashOrder.ERASE, 0, 0), 78);
    assertEquals(Fault.NONE, busy.next().word(FlashAnswer.FAULT));
  }

  @Test
  void shouldRefuseWhatIsNotErased() {
    expect(Fault.FIXED_FLASH, 8, program(8, new byte[4]));
    assertEquals(Fault.NONE, bench.hello().word(Hello.FAULT), "the image is still there");
  }

  @Test
  void shouldRefuseWhatLiesOutsideOfTheFlash() {
    int end = image.length;
    for (int offset : new int[] {-1, Integer.MIN_VALUE, end - 3, end, Integer.MAX_VALUE}) {
      expect(Fault.UNKNOWN_ORDER, FlashOrder.READ, order(FlashOrder.READ, offset, 4));
      expect(Fault.UNKNOWN_ORDER, FlashOrder.PROGRAM, program(offset, new byte[4]));
    }
    expect(Fault.UNKNOWN_ORDER, FlashOrder.ERASE, order(FlashOrder.ERASE, end, 0));
    expect(Fault.UNKNOWN_ORDER, FlashOrder.READ, order(FlashOrder.READ, 0, 129));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 255})
  void shouldRefuseAnOperationThatItDoesNotKnow(int operation) {
    expect(Fault.UNKNOWN_ORDER, operation, order(operation, 0, 0));
  }

  @Test
  void shouldRefuseAnOrderThatItsFrameDoesNotHold() {
    byte[] whole = program(0, new byte[32]);
    for (int length : List.of(0, FlashOrder.PATH - 1, whole.length - 1)) {
      Bench.Answer answer = ask(Arrays.copyOf(whole, length));
      assertEquals(Fault.UNKNOWN_ORDER, answer.word(FlashAnswer.FAULT));
    }
    byte[] gone = order(FlashOrder.READ, 0, 1, 1, 1);
    gone[FlashOrder.GONE] = 3;
    expect(Fault.UNKNOWN_ORDER, FlashOrder.READ, gone);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255})
  void shouldSayWhereAWayLeadsNowhere(int port) {
    expect(Fault.NO_NODE, port, order(FlashOrder.READ, 0, 1, port));
  }

  @Test
  void shouldNotListenToWhoHasNotGreetedIt() {
    Bench other = new Bench(image);
    other.send(Frame.FLASH, order(FlashOrder.ERASE, 0, 0), 1);
    other.emulation().runUntil(1_000_000_000);
    assertArrayEquals(image, other.board().flash().bytes());
  }
}

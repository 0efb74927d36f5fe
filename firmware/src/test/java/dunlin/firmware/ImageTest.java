package dunlin.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.kernels.Dsp;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lies in the flash: the node answers, and names what is wrong with it. */
class ImageTest {
  @Test
  void shouldTakeAGoodImage() {
    Bench.Answer hello = new Bench(TestImage.plain()).hello();
    assertEquals(Hello.BYTES, hello.payload().length);
    assertEquals(Hello.PROTOCOL_VERSION, hello.word(Hello.PROTOCOL));
    assertEquals(Hello.FIRMWARE_VERSION, hello.word(Hello.FIRMWARE));
    assertEquals(Fault.NONE, hello.word(Hello.FAULT));
    assertEquals(0, hello.word(Hello.DETAIL));
    assertEquals(0, Dsp.loadU16(hello.payload(), Hello.RANK));
    assertEquals(1, Dsp.loadU16(hello.payload(), Hello.NODES));
    assertEquals(0x12345678, hello.word(Hello.MODEL_HASH));
    assertEquals(Dsp.load32(TestImage.plain(), ImageHeader.BODY_CRC), hello.word(Hello.IMAGE_CRC));
    assertEquals(TestImage.MAX_ROWS, hello.word(Hello.MAX_ROWS));
    assertEquals(TestImage.CONTEXT, hello.word(Hello.CONTEXT));
    assertEquals(TestImage.VOCABULARY, hello.word(Hello.VOCABULARY));
    assertEquals(9, hello.word(Hello.UID + 8));
  }

  @Test
  void shouldNameErasedFlash() {
    byte[] erased = new byte[200];
    Arrays.fill(erased, (byte) -1);
    expectRefusal(new Bench(erased), Fault.NO_IMAGE, -1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 91})
  void shouldNameAFlashTooSmallForAnyImage(int bytes) {
    expectRefusal(new Bench(Arrays.copyOf(TestImage.plain(), bytes)), Fault.NO_IMAGE, bytes);
  }

  @Test
  void shouldNameAnotherFormat() {
    byte[] image = TestImage.plain();
    int another = ImageHeader.FORMAT_VERSION + 1;
    Dsp.store16(image, ImageHeader.FORMAT, another);
    expectRefusal(new Bench(TestImage.seal(image)), Fault.IMAGE_FORMAT, another);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 36, 63, 91})
  void shouldNameADamagedHeader(int at) {
    byte[] image = TestImage.plain();
    image[at] ^= 0x10;
    expectRefusal(new Bench(image), Fault.IMAGE_HEADER, ImageHeader.HEADER_CRC);
  }

  @ParameterizedTest
  @ValueSource(ints = {ImageHeader.BYTES, 400, 699})
  void shouldNameADamagedBody(int at) {
    byte[] image = TestImage.plain();
    image[at] ^= 1;
    int crc = new Crc32().update(0, image, ImageHeader.BYTES, image.length - ImageHeader.BYTES);
    expectRefusal(new Bench(image), Fault.IMAGE_BODY, crc);
  }

  @ParameterizedTest
  @ValueSource(ints = {ImageHeader.BYTES, 300, 699})
  void shouldNameATruncatedImage(int bytes) {
    byte[] image = Arrays.copyOf(TestImage.plain(), bytes);
    expectRefusal(new Bench(image), Fault.IMAGE_HEADER, ImageHeader.IMAGE_BYTES);
  }

  /** Headers whose CRC is right, as a faulty compiler would write them. */
  @ParameterizedTest
  @CsvSource({
    "8, 91, 8",
    "8, -1, 8",
    "8, 701, 8",
    "44, 91, 44",
    "44, 701, 44",
    "44, -1, 44",
    "48, -1, 44",
    "48, 589, 44",
    "48, 2147483647, 44",
    "52, 0, 52",
    "52, -1, 52",
    "52, 60, 52",
    "80, 0, 80", // in the image
    "80, 0x1000038c, 80", // one word too far
    "80, 0x20000000, 80", // a region of which nothing is reserved
    "80, 0x60000000, 80", // no such region
    "80, -2, 80",
    "84, 0x10000394, 84",
    "84, 0x1fffffff, 84",
    "92, 2, 100", // a child whose frames there is no room to keep
    "100, 0, 100",
    "100, 0x1000005c, 100",
    "108, 4, 104", // an input without a place
    "108, -1, 104",
    "112, -1, 112",
    "112, 2, 112" // text, and no input at the root
  })
  void shouldNameAHeaderThatContradictsItself(int field, String word, int where) {
    byte[] image = TestImage.with(field, Integer.decode(word));
    expectRefusal(new Bench(image), Fault.IMAGE_HEADER, where);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1000, Op.LAST_CODE + 1 | 4 << 8, 0x04ff, 0x000c, 0x030c, 0x7fff0c})
  void shouldNameAnOpThatItDoesNotKnow(int head) {
    int[] endPrefill = {Op.EndPrefill.CODE | Op.EndPrefill.BYTES << 8};
    byte[] image = TestImage.withProgram(endPrefill, new int[] {head});
    expectRefusal(new Bench(image), Fault.UNKNOWN_OP, 1);
  }

  @Test
  void shouldNameAProgramThatEndsWithinAnOp() {
    byte[] image = TestImage.plain();
    int bytes = Dsp.load32(image, ImageHeader.PROGRAM_BYTES);
    byte[] cut = TestImage.with(ImageHeader.PROGRAM_BYTES, bytes - 1);
    expectRefusal(new Bench(cut), Fault.UNKNOWN_OP, 3);
  }

  @Test
  void shouldNameWeightsThatItHasNoKernelFor() {
    byte[] image = TestImage.with(ImageHeader.LAYOUT, 3);
    expectRefusal(new Bench(image), Fault.WEIGHT_LAYOUT, 3);
  }

  @Test
  void shouldNameTheRegionThatHasTooLittleRam() {
    int enough = TestImage.RAM_BYTES;
    byte[] image = TestImage.with(ImageHeader.RAM_BYTES + 4, 10);
    expectRam(image, List.of(enough, 10), Fault.NONE, 0);
    expectRam(image, List.of(enough - 1, 10), Fault.RAM_TOO_SMALL, 0);
    expectRam(image, List.of(enough, 9), Fault.RAM_TOO_SMALL, 1);
    expectRam(image, List.of(enough), Fault.RAM_TOO_SMALL, 1);
    byte[] negative = TestImage.with(ImageHeader.RAM_BYTES + 8, -1);
    expectRam(negative, List.of(enough, 10, 10), Fault.RAM_TOO_SMALL, 2);
  }

  @Test
  void shouldReserveWhatTheImageAsksForAndNoMore() {
    byte[] image = TestImage.with(ImageHeader.RAM_BYTES + 8, 10);
    Bench bench = new Bench(image, Bench.UART, 0, List.of(1000, 1000, 1000));
    bench.hello();
    assertEquals(TestImage.RAM_BYTES, bench.board().reserved(0));
    assertEquals(0, bench.board().reserved(1));
    assertEquals(10, bench.board().reserved(2));
  }

  private static void expectRam(byte[] image, List<Integer> ram, int fault, int detail) {
    Bench.Answer hello = new Bench(image, Bench.UART, 0, ram).hello();
    assertEquals(fault, hello.word(Hello.FAULT));
    assertEquals(detail, hello.word(Hello.DETAIL));
  }

  /** HELLO and any request say what is wrong, and the node stays reachable. */
  private static void expectRefusal(Bench bench, int fault, int detail) {
    for (int i = 0; i < 2; i++) {
      Bench.Answer hello = bench.hello();
      assertEquals(fault, hello.word(Hello.FAULT));
      assertEquals(detail, hello.word(Hello.DETAIL));
      assertEquals(0, hello.word(Hello.CONTEXT));
      bench.request(TestRequest.sample(0, 1));
      bench.expectFault(fault, detail);
    }
  }
}

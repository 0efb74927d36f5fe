package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.Refusal;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Op;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.kernels.Dsp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ListingTest {
  private static final int FIRST_OP = ImageHeader.BYTES;
  private static final int SECOND_OP = FIRST_OP + Op.Embed.BYTES;

  private final byte[] image = Images.small(Weights.PLAIN, Inspection.NONE);

  @Test
  void shouldListTheOpsOfALlamaBlock() {
    List<String> ops = Listing.of("it", image).ops().stream().map(Listing.Line::op).toList();
    assertEquals(
        List.of(
            "embed",
            "angles",
            "norm",
            "linear",
            "rescale",
            "query",
            "key",
            "value",
            "attend",
            "linear",
            "add",
            "norm",
            "linear",
            "rescale",
            "gate",
            "linear",
            "add",
            "end_prefill",
            "norm",
            "linear",
            "rescale",
            "send_logits",
            "select",
            "draw"),
        ops);
  }

  @Test
  void shouldShowWhatEachFieldMeans() {
    Dsp.store32(image, FIRST_OP + Op.Embed.TOKENS, 0x10000000);
    Dsp.store32(image, FIRST_OP + Op.Embed.MULTIPLIERS, Op.NO_BUFFER);
    Dsp.store32(image, FIRST_OP + Op.Embed.OUTPUT, 0x10000004);
    int weights = Dsp.load32(image, FIRST_OP + Op.Embed.WEIGHTS);
    int right = Dsp.load32(image, FIRST_OP + Op.Embed.RIGHT);
    Listing listing = Listing.of("it", Images.sealed(image));
    assertEquals(
        "   0 embed       tokens=ram0+0x0000 weights=image+0x%04x multipliers=none"
                .formatted(weights)
            + " output=ram0+0x0004 width=4 layout=plain right="
            + right
            + " onto=no",
        listing.ops().get(0).toString());
  }

  @Test
  void shouldNameTheRowsOfATile() {
    int norm = SECOND_OP + Op.Angles.BYTES;
    Dsp.store32(image, norm + Op.Norm.ROWS, Op.tile(8, 4));
    Listing listing = Listing.of("it", Images.sealed(image));
    assertEquals("8..11", listing.ops().get(2).fields().get("rows"));
  }

  @ParameterizedTest
  @EnumSource(Inspection.class)
  void shouldAccountForEveryByteOfTheImage(Inspection inspection) {
    byte[] packed = Images.small(Weights.PACKED, inspection);
    ImageSummary summary = ImageSummary.of("it", packed);
    int constants =
        Listing.of("it", packed).constants().values().stream().mapToInt(Integer::intValue).sum();
    assertEquals(packed.length, summary.program() + summary.programBytes() + constants);
  }

  @Test
  void shouldTakeAnImageWithMoreAfterIt() {
    byte[] flash = Arrays.copyOf(image, image.length + 100);
    assertEquals(Listing.of("it", image), Listing.of("it", flash));
  }

  @Test
  void shouldRefuseAnImageThatIsCutShortAnywhere() {
    for (int length = 0; length < image.length; length++) {
      byte[] part = Arrays.copyOf(image, length);
      assertThrows(Refusal.class, () -> Listing.of("it", part));
    }
  }

  @Test
  void shouldRefuseAnyByteThatChanged() {
    for (int at = 0; at < image.length; at++) {
      byte[] changed = image.clone();
      changed[at] ^= 0x10;
      assertThrows(Refusal.class, () -> Listing.of("it", changed), "byte " + at);
    }
  }

  @ParameterizedTest
  @MethodSource("lies")
  void shouldRefuseALieThatItsCrcsCover(int at, int word, String complaint) {
    Dsp.store32(image, at, word);
    byte[] lying = Images.sealed(image);
    Refusal refusal = assertThrows(Refusal.class, () -> Listing.of("it", lying));
    assertEquals("it: damaged, " + complaint + ": build it anew", refusal.getMessage());
  }

  static Stream<Arguments> lies() {
    int afterAll = 0x0fffffff;
    return Stream.of(
        arguments(ImageHeader.LAYOUT, 3, "weights in layout 3"),
        arguments(ImageHeader.PROGRAM, afterAll, "860 bytes of program at byte " + afterAll),
        arguments(ImageHeader.PROGRAM_BYTES, -4, "-4 bytes of program at byte " + FIRST_OP),
        arguments(
            ImageHeader.PROGRAM_BYTES,
            Op.Embed.BYTES + Op.Angles.BYTES - 4,
            "op 1 at byte " + SECOND_OP + " is none that is known, or cut short"),
        arguments(
            ImageHeader.PROGRAM_BYTES,
            Op.Embed.BYTES + 2,
            "op 1 at byte " + SECOND_OP + " is none that is known, or cut short"),
        arguments(
            FIRST_OP, 0xff, "op 0 at byte " + FIRST_OP + " is none that is known, or cut short"),
        arguments(
            SECOND_OP,
            Op.Angles.CODE | 400 << 8,
            "op 1 at byte " + SECOND_OP + " is none that is known, or cut short"),
        arguments(FIRST_OP + Op.Embed.LAYOUT, 3, "op 0 at byte " + FIRST_OP + " has layout 3"),
        arguments(FIRST_OP + Op.Embed.LAYOUT, -1, "op 0 at byte " + FIRST_OP + " has layout -1"),
        arguments(
            FIRST_OP + Op.Embed.WEIGHTS,
            afterAll,
            "op 0 at byte " + FIRST_OP + " has its weights at 0x0fffffff"),
        arguments(
            FIRST_OP + Op.Embed.WEIGHTS,
            64,
            "op 0 at byte " + FIRST_OP + " has its weights at 0x00000040"),
        arguments(
            FIRST_OP + Op.Embed.OUTPUT,
            0x1fffffff,
            "op 0 at byte " + FIRST_OP + " has its output at 0x1fffffff"),
        arguments(
            FIRST_OP + Op.Embed.OUTPUT,
            0x20000000,
            "op 0 at byte " + FIRST_OP + " has its output at 0x20000000"),
        arguments(
            FIRST_OP + Op.Embed.OUTPUT,
            0xe0000000,
            "op 0 at byte " + FIRST_OP + " has its output at 0xe0000000"),
        arguments(ImageHeader.RAM_BYTES + 4, -1, "RAM regions of [1092, -1, 0, 0] bytes"));
  }
}

package dunlin.host.compile;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.Refusal;
import dunlin.firmware.Crc32;
import dunlin.firmware.ImageHeader;
import dunlin.kernels.Dsp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an image's header says ({@link ImageHeader}), after its CRCs were checked.
 *
 * @param format version of the format
 * @param bytes size of the image
 * @param headerCrc CRC-32 of the header
 * @param bodyCrc CRC-32 of what follows it
 * @param modelHash hash of the quantised model
 * @param planHash hash of the plan
 * @param rank of the node that the image is for
 * @param nodes of the plan
 * @param weights layout of the weights
 * @param program offset of the program
 * @param programBytes size of the program
 * @param chunk most rows of a pass
 * @param context positions that the caches hold
 * @param vocabulary tokens
 * @param ramBytes what a node reserves of each RAM region
 * @param topK the largest top-k that a request may ask for
 */
public record ImageSummary(
    int format,
    int bytes,
    int headerCrc,
    int bodyCrc,
    long modelHash,
    long planHash,
    int rank,
    int nodes,
    Weights weights,
    int program,
    int programBytes,
    int chunk,
    int context,
    int vocabulary,
    List<Integer> ramBytes,
    int topK) {

  /** Whether a file that begins with {@code start} is an image, if any. */
  public static boolean recognises(byte[] start) {
    return start.length >= 4 && Dsp.load32(start, 0) == ImageHeader.MAGIC_VALUE;
  }

  /**
   * Reads the header of an image, and checks all of the image against it.
   *
   * @param name of the image, for messages
   * @param image its bytes; more may follow, as in a copy of a board's flash
   * @throws Refusal if it is not an image, damaged, cut short, or contradicts itself
   */
  public static ImageSummary of(String name, byte[] image) {
    if (!recognises(image)) {
      throw new Refusal(name + ": is not an image", "build one with dunlin build");
    }
    if (image.length < ImageHeader.BYTES) {
      throw damaged(name, "cut short at byte " + image.length + ", within its header");
    }
    int format = Dsp.loadU16(image, ImageHeader.FORMAT);
    if (format != ImageHeader.FORMAT_VERSION) {
      throw new Refusal(
          name + ": has format " + format + ", not " + ImageHeader.FORMAT_VERSION, "build it anew");
    }
    if (ImageHeader.headerCrc(image, new Crc32()) != Dsp.load32(image, ImageHeader.HEADER_CRC)) {
      throw damaged(name, "the header does not match its CRC");
    }
    ImageSummary summary = read(name, image, format);
    summary.check(name, image);
    return summary;
  }

  private static ImageSummary read(String name, byte[] image, int format) {
    return new ImageSummary(
        format,
        Dsp.load32(image, ImageHeader.IMAGE_BYTES),
        Dsp.load32(image, ImageHeader.HEADER_CRC),
        Dsp.load32(image, ImageHeader.BODY_CRC),
        load64(image, ImageHeader.MODEL_HASH),
        load64(image, ImageHeader.PLAN_HASH),
        Dsp.loadU16(image, ImageHeader.RANK),
        Dsp.loadU16(image, ImageHeader.NODES),
        weights(name, Dsp.loadU16(image, ImageHeader.LAYOUT)),
        Dsp.load32(image, ImageHeader.PROGRAM),
        Dsp.load32(image, ImageHeader.PROGRAM_BYTES),
        Dsp.load32(image, ImageHeader.MAX_ROWS),
        Dsp.load32(image, ImageHeader.CONTEXT),
        Dsp.load32(image, ImageHeader.VOCABULARY),
        IntStream.range(0, ImageHeader.RAM_REGIONS)
            .mapToObj(region -> Dsp.load32(image, ImageHeader.RAM_BYTES + 4 * region))
            .toList(),
        Dsp.loadU16(image, ImageHeader.MAX_TOP_K));
  }

  private static Weights weights(String name, int layout) {
    return Arrays.stream(Weights.values())
        .filter(weights -> weights.layout() == layout)
        .findFirst()
        .orElseThrow(() -> damaged(name, "weights in layout " + layout));
  }

  private void check(String name, byte[] image) {
    if (bytes < ImageHeader.BYTES || bytes > image.length) {
      throw damaged(name, "%,d bytes of %,d are there".formatted(image.length, bytes));
    }
    if (new Crc32().update(0, image, ImageHeader.BYTES, bytes - ImageHeader.BYTES) != bodyCrc) {
      throw damaged(name, "what follows the header does not match its CRC");
    }
    if (program < ImageHeader.BYTES || programBytes < 0 || programBytes > bytes - program) {
      throw damaged(name, programBytes + " bytes of program at byte " + program);
    }
    if (ramBytes.stream().anyMatch(region -> region < 0)) {
      throw damaged(name, "RAM regions of " + ramBytes + " bytes");
    }
  }

  static Refusal damaged(String name, String what) {
    return new Refusal(name + ": damaged, " + what, "build it anew");
  }

  private static long load64(byte[] image, int at) {
    return (Dsp.load32(image, at) & 0xffffffffL) | (long) Dsp.load32(image, at + 4) << 32;
  }
}

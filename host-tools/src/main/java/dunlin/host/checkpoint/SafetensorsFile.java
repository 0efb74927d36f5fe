package dunlin.host.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file (format of the safetensors project, README "Format"):
 *
 * <pre>
 *   0    n, bytes of JSON                      uint64, little-endian
 *   8    {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}
 *   8+n  data, to which the offsets relate, without gaps or overlaps
 * </pre>
 */
public final class SafetensorsFile {
  private static final int LENGTH = 8;
  private static final long LONGEST_HEADER = 100_000_000; // the format's own limit
  private static final List<ElementType> TYPES =
      List.of(ElementType.F32, ElementType.F16, ElementType.BF16);
  private static final String METADATA = "__metadata__";

  /** What old exports of BERT keep beside the weights, as int64: 0, 1, 2, … */
  private static final String POSITIONS = ".position_ids";

  private static final int POSITION_BYTES = 8;

  /** Where a tensor lies in the data. */
  private record Span(String name, long begin, long end) {}

  private final Path file;
  private final long dataSize;
  private final long dataStart;

  private SafetensorsFile(Path file, long size, long headerSize) {
    this.file = file;
    this.dataStart = LENGTH + headerSize;
    this.dataSize = size - dataStart;
  }

  /**
   * Tensors by name, in the header's order.
   *
   * @throws Refusal if the file is cut short, damaged, or holds other than floats
   */
  public static Map<String, StoredTensor> list(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      long headerSize = size < LENGTH ? -1 : read(file, channel, 0, LENGTH).getLong();
      if (headerSize < 0 || headerSize > Math.min(size - LENGTH, LONGEST_HEADER)) {
        throw new Refusal(
            "%s: a header of %d bytes in a file of %d".formatted(file, headerSize, size),
            "it is cut short or not safetensors; download it again");
      }
      byte[] json = read(file, channel, LENGTH, (int) headerSize).array();
      return new SafetensorsFile(file, size, headerSize).tensors(ModelJson.parse(file, json));
    }
  }

  private static ByteBuffer read(Path file, FileChannel channel, long offset, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new Refusal(file + ": became shorter", "is something still writing it?");
      }
    }
    return bytes.flip();
  }

  private Map<String, StoredTensor> tensors(JsonNode header) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    List<Span> spans = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      String name = entry.getKey();
      if (name.endsWith(POSITIONS)) {
        spans.add(span(name, entry.getValue(), shape(name, entry.getValue()), POSITION_BYTES));
      } else if (!name.equals(METADATA)) {
        ElementType type = type(name, entry.getValue());
        List<Integer> shape = shape(name, entry.getValue());
        Span span = span(name, entry.getValue(), shape, type.blockBytes());
        spans.add(span);
        tensors.put(name, new StoredTensor(name, type, shape, file, dataStart + span.begin()));
      }
    }
    checkGapless(spans);
    return tensors;
  }

  private ElementType type(String name, JsonNode entry) {
    return TYPES.stream()
        .filter(candidate -> candidate.name().equals(entry.path("dtype").asText()))
        .findFirst()
        .orElseThrow(
            () ->
                refusal(
                    name,
                    "dtype "
                        + ModelJson.shown(entry.path("dtype"))
                        + " is not one of F32, F16, BF16"));
  }

  private Span span(String name, JsonNode entry, List<Integer> shape, int elementBytes) {
    JsonNode offsets = array(name, entry, "data_offsets");
    long begin = offset(offsets.path(0));
    long end = offset(offsets.path(1));
    if (offsets.size() != 2
        || begin < 0
        || end > dataSize
        || end - begin != bytes(elementBytes, shape)) {
      throw refusal(
          name,
          "data_offsets %s do not hold shape %s in %d bytes of data"
              .formatted(ModelJson.shown(offsets), ModelJson.oneLine(shape.toString()), dataSize));
    }
    return new Span(name, begin, end);
  }

  private List<Integer> shape(String name, JsonNode entry) {
    List<Integer> shape = new ArrayList<>();
    for (JsonNode extent : array(name, entry, "shape")) {
      if (!extent.isInt() || extent.intValue() < 1) {
        throw refusal(name, "extent " + ModelJson.shown(extent));
      }
      shape.add(extent.intValue());
    }
    return shape;
  }

  /** Bytes that a shape takes; some number above the data's size if it takes more than that. */
  private long bytes(int elementBytes, List<Integer> shape) {
    long bytes = elementBytes;
    for (int extent : shape) {
      bytes = bytes > dataSize / extent ? dataSize + 1 : bytes * extent;
    }
    return bytes;
  }

  private static long offset(JsonNode offset) {
    return offset.isIntegralNumber() && offset.canConvertToLong() ? offset.longValue() : -1;
  }

  private JsonNode array(String name, JsonNode entry, String key) {
    JsonNode array = entry.path(key);
    if (!array.isArray()) {
      throw refusal(name, key + " is not a list");
    }
    return array;
  }

  private void checkGapless(List<Span> spans) {
    long at = 0;
    spans.sort(Comparator.comparingLong(Span::begin).thenComparingLong(Span::end));
    for (Span span : spans) {
      if (span.begin() != at) {
        throw refusal(
            span.name(),
            "begins at byte "
                + (dataStart + span.begin())
                + ", where "
                + (dataStart + at)
                + " was due");
      }
      at = span.end();
    }
    if (at != dataSize) {
      throw new Refusal(
          "%s: its tensors end at byte %d of %d"
              .formatted(file, dataStart + at, dataStart + dataSize),
          "it is damaged; download it again");
    }
  }

  private Refusal refusal(String name, String what) {
    return new Refusal(
        file + ": tensor " + ModelJson.oneLine(name) + ": " + what,
        "export the model again as safetensors in float32, float16 or bfloat16");
  }
}

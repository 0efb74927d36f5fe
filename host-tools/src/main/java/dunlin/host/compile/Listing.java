package dunlin.host.compile;

import dunlin.boards.Refusal;
import dunlin.firmware.Memory;
import dunlin.firmware.Op;
import dunlin.kernels.Dsp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An image's program as text, read from the image's bytes alone.
 *
 * @param ops in the order of execution
 * @param constants bytes of the image by the name of the field that refers to them, in the order in
 *     which they lie there
 */
public record Listing(List<Line> ops, Map<String, Integer> constants) {

  /**
   * One op.
   *
   * @param index from 0
   * @param offset of its record in the image
   * @param op its name
   * @param fields their values by name: numbers, or text for buffers and choices
   */
  public record Line(int index, int offset, String op, Map<String, Object> fields) {
    @Override
    public String toString() {
      String values =
          fields.entrySet().stream()
              .map(field -> field.getKey() + "=" + shown(field.getValue()))
              .collect(Collectors.joining(" "));
      return "%4d %-11s %s".formatted(index, op, values).stripTrailing();
    }

    private static String shown(Object value) {
      return value instanceof Double scale
          ? String.format(Locale.ROOT, "%.6g", scale)
          : value.toString();
    }
  }

  /**
   * Reads the program of an image.
   *
   * @param name of the image, for messages
   * @throws Refusal as {@link ImageSummary#of}, or where an op is unknown or points outside of what
   *     the image has and reserves
   */
  public static Listing of(String name, byte[] image) {
    return new Reader(name, image).read();
  }

  private static final class Reader {
    private final String name;
    private final byte[] image;
    private final ImageSummary header;
    private final List<Line> ops = new ArrayList<>();
    private final TreeMap<Integer, String> constants = new TreeMap<>();

    Reader(String name, byte[] image) {
      this.name = name;
      this.image = image;
      this.header = ImageSummary.of(name, image);
    }

    Listing read() {
      int at = header.program();
      while (at < end()) {
        OpFormat format = format(at);
        ops.add(line(format, at));
        at += format.bytes();
      }
      return new Listing(ops, constantBytes());
    }

    /** Where the program ends. */
    private int end() {
      return header.program() + header.programBytes();
    }

    private OpFormat format(int at) {
      int left = end() - at;
      int head = left < 4 ? 0 : Dsp.load32(image, at);
      return OpFormat.of(head & 0xff)
          .filter(format -> format.head() == head && format.bytes() <= left)
          .orElseThrow(() -> damaged("is none that is known, or cut short", at));
    }

    private Line line(OpFormat format, int at) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (OpFormat.Field field : format.fields()) {
        fields.put(field.name(), value(field, at));
      }
      String op = format.name().toLowerCase(Locale.ROOT);
      return new Line(ops.size(), at, op, fields);
    }

    private Object value(OpFormat.Field field, int at) {
      int word = Dsp.load32(image, at + field.offset());
      return switch (field.kind()) {
        case BUFFER -> buffer(field, word, at);
        case NUMBER -> word;
        case SCALE -> Scales.value(word);
        case CHOICE -> choice(field, word, at);
        case ROWS -> rows(field, word, at);
      };
    }

    private Object rows(OpFormat.Field field, int word, int at) {
      if (Op.isTile(word)) {
        int first = Op.tileFirst(word);
        return first + ".." + (first + Op.tileRows(word) - 1);
      }
      return word < 0 ? -word : choice(field, word, at);
    }

    private String choice(OpFormat.Field field, int word, int at) {
      if (word < 0 || word >= field.choices().size()) {
        throw damaged("has " + field.name() + " " + word, at);
      }
      return field.choices().get(word);
    }

    private String buffer(OpFormat.Field field, int word, int at) {
      if (word == Op.NO_BUFFER) {
        return "none";
      }
      int region = Memory.region(word);
      int offset = Memory.offset(word);
      if (region == 0 && offset >= end() && offset < header.bytes()) {
        constants.put(offset, field.name());
        return "image+0x%04x".formatted(offset);
      }
      int ram = region - 1;
      if (ram < 0 || ram >= header.ramBytes().size() || offset >= header.ramBytes().get(ram)) {
        throw damaged("has its %s at 0x%08x".formatted(field.name(), word), at);
      }
      return "ram%d+0x%04x".formatted(ram, offset);
    }

    /** A constant reaches to the next one. */
    private Map<String, Integer> constantBytes() {
      Map<String, Integer> bytes = new LinkedHashMap<>();
      constants.forEach(
          (offset, what) -> {
            Integer next = constants.higherKey(offset);
            bytes.merge(what, (next == null ? header.bytes() : next) - offset, Integer::sum);
          });
      return bytes;
    }

    private Refusal damaged(String what, int at) {
      return ImageSummary.damaged(name, "op %d at byte %d %s".formatted(ops.size(), at, what));
    }
  }
}

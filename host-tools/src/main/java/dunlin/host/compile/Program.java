package dunlin.host.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ops on symbolic operands, in the order of execution. */
final class Program {
  /** The layer of ops that belong to no block. */
  static final int NO_LAYER = -1;

  private final List<Step> steps = new ArrayList<>();

  /** The block that is being emitted. */
  private int layer = NO_LAYER;

  /** One op; every field of its format must be set before the program is encoded. */
  static final class Step {
    private final OpFormat format;
    private final int layer;
    private final Map<Integer, Object> fields = new LinkedHashMap<>();

    private Step(OpFormat format, int layer) {
      this.format = format;
      this.layer = layer;
    }

    /** The block that the op belongs to, or {@link #NO_LAYER}. */
    int layer() {
      return layer;
    }

    OpFormat format() {
      return format;
    }

    /** Sets the field at {@code offset} to a number. */
    Step with(int offset, int value) {
      fields.put(offset, value);
      return this;
    }

    /** Sets the field at {@code offset} to an operand. */
    Step with(int offset, Operand operand) {
      fields.put(offset, new Part(operand, 0));
      return this;
    }

    /** Sets the field at {@code offset} to what lies {@code within} bytes into an operand. */
    Step with(int offset, Operand operand, int within) {
      fields.put(offset, new Part(operand, within));
      return this;
    }

    /** The value of a field: an Integer or a {@link Part}. */
    Object value(OpFormat.Field field) {
      Object value = fields.get(field.offset());
      if (value == null) {
        throw new IllegalStateException(format + " without " + field.name());
      }
      return value;
    }

    /** The number in the field at {@code offset}. */
    int number(int offset) {
      return (Integer) fields.get(offset);
    }

    /** What the field at {@code offset} refers to; null for a number, as that of no buffer. */
    Part part(int offset) {
      return fields.get(offset) instanceof Part part ? part : null;
    }

    /** The operands that the op touches. */
    List<Operand> operands() {
      return fields.values().stream()
          .filter(Part.class::isInstance)
          .map(value -> ((Part) value).operand())
          .toList();
    }
  }

  /** A place within an operand. */
  record Part(Operand operand, int within) {}

  /** The ops that are appended from now on belong to a block, or to none. */
  void begin(int block) {
    layer = block;
  }

  /** Appends an op. */
  Step add(OpFormat format) {
    Step added = new Step(format, layer);
    steps.add(added);
    return added;
  }

  /** Appends an op like another. */
  Step addLike(Step other) {
    Step added = add(other.format);
    added.fields.putAll(other.fields);
    return added;
  }

  List<Step> steps() {
    return steps;
  }

  /** Bytes of all records. */
  int bytes() {
    return steps.stream().mapToInt(r -> r.format().bytes()).sum();
  }
}

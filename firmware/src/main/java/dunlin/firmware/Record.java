package dunlin.firmware;

import dunlin.kernels.Dsp;

/** The record of the op that is being executed: its fields, and what they refer to. */
final class Record {
  private final Memory memory;
  private final byte[] image;
  private final Request request;

  /** An offset in the image. */
  private int at;

  Record(Memory memory, Request request) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
  }

  /** From now on the record at {@code offset}. */
  void begin(int offset) {
    at = offset;
  }

  /** Where a field lies in the image: a parameter block, for one. */
  int place(int field) {
    return at + field;
  }

  int field(int field) {
    return Dsp.load32(image, at + field);
  }

  /** The array in which a field's buffer lies. */
  byte[] array(int field) {
    return memory.array(field(field));
  }

  /** Where in that array. */
  int offset(int field) {
    return Memory.offset(field(field));
  }

  /** The rows that a field says. */
  int rows(int field) {
    return Op.rows(field(field), request.rows);
  }

  /** How many rows come before them. */
  int skipped(int field) {
    return field(field) == Op.LAST ? request.rows - 1 : 0;
  }
}

package dunlin.host.bench;

import dunlin.boards.bench.KernelCall;
import dunlin.firmware.Memory;
import dunlin.kernels.Dsp;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a {@link KernelCall}: places constants and RAM as ops ask for them. */
final class CallImage {
  private final ByteArrayOutputStream constants = new ByteArrayOutputStream();
  private final List<OpRecord> records = new ArrayList<>();
  private int ramBytes;

  /** An op's record while it is written. */
  static final class OpRecord {
    private final byte[] bytes;

    private OpRecord(int code, int size) {
      bytes = new byte[size];
      Dsp.store32(bytes, 0, code | size << 8);
    }

    /** Sets the field at {@code offset} to a number or a buffer. */
    OpRecord with(int offset, int word) {
      Dsp.store32(bytes, offset, word);
      return this;
    }
  }

  /** Places bytes in the image; their buffer. */
  int constant(byte[] bytes) {
    int at = KernelCall.HEADER_BYTES + constants.size();
    constants.writeBytes(Arrays.copyOf(bytes, bytes.length + 3 & -4));
    return Memory.buffer(0, at);
  }

  /** Places words in the image; their buffer. */
  int constant(int... words) {
    byte[] bytes = new byte[4 * words.length];
    for (int i = 0; i < words.length; i++) {
      Dsp.store32(bytes, 4 * i, words[i]);
    }
    return constant(bytes);
  }

  /** Reserves RAM; its buffer. */
  int ram(int bytes) {
    int at = ramBytes;
    ramBytes += bytes + 3 & -4;
    return Memory.buffer(1, at);
  }

  /** Appends an op. */
  OpRecord op(int code, int size) {
    OpRecord record = new OpRecord(code, size);
    records.add(record);
    return record;
  }

  /** Bytes of RAM so far. */
  int ramBytes() {
    return ramBytes;
  }

  /** The image of a call with {@code rows} rows from {@code position} on. */
  byte[] write(int position, int rows) {
    int first = KernelCall.HEADER_BYTES + constants.size();
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    image.writeBytes(new byte[KernelCall.HEADER_BYTES]);
    image.writeBytes(constants.toByteArray());
    records.forEach(record -> image.writeBytes(record.bytes));
    byte[] bytes = image.toByteArray();
    Dsp.store32(bytes, KernelCall.FIRST, first);
    Dsp.store32(bytes, KernelCall.END, bytes.length);
    Dsp.store32(bytes, KernelCall.POSITION, position);
    Dsp.store32(bytes, KernelCall.ROWS, rows);
    Dsp.store32(bytes, KernelCall.RAM, ramBytes);
    return bytes;
  }
}

package dunlin.host.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dunlin.boards.Refusal;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a GGUF header, one after another, little-endian. A value's type is one of
 *
 * <pre>
 *   0 uint8   1 int8    2 uint16   3 int16   4 uint32   5 int32   6 float32   7 bool
 *   8 string: n, n bytes of UTF-8       uint64
 *   9 array:  type, n, n values         uint32, uint64
 *  10 uint64  11 int64  12 float64
 * </pre>
 */
final class GgufValues implements Closeable {
  private static final int FLOAT = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int DOUBLE = 12;

  /** Bytes by type; 0 where they vary. */
  private static final int[] BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  private final Path file;
  private final long size;
  private final InputStream in;
  private long read;

  GgufValues(Path file) throws IOException {
    this.file = file;
    size = Files.size(file);
    in = new BufferedInputStream(Files.newInputStream(file));
  }

  /** Of the file, in bytes. */
  long size() {
    return size;
  }

  /** Bytes so far. */
  long read() {
    return read;
  }

  /** A uint32. */
  int word() throws IOException {
    return (int) integer(4);
  }

  /** A uint64. */
  long number() throws IOException {
    return integer(8);
  }

  String string() throws IOException {
    long length = number();
    expect(length);
    byte[] bytes = in.readNBytes((int) Math.min(length, Integer.MAX_VALUE - 8));
    read += bytes.length;
    if (bytes.length != length) {
      throw cut();
    }
    return new String(bytes, UTF_8);
  }

  /** A type and its value: Long, Double, Boolean, String, or a list of one of them. */
  Object value() throws IOException {
    int type = word();
    if (type != ARRAY) {
      return value(type);
    }
    int inner = word();
    long count = number();
    expect(count);
    List<Object> values = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      values.add(value(inner));
    }
    return values;
  }

  private Object value(int type) throws IOException {
    if (type < 0 || type > DOUBLE || type == ARRAY) {
      throw new Refusal(
          file + ": a value of type " + Integer.toUnsignedString(type) + " in its metadata",
          "it is damaged; download it again");
    }
    return switch (type) {
      case FLOAT -> (double) Float.intBitsToFloat(word());
      case BOOL -> integer(1) != 0;
      case STRING -> string();
      case DOUBLE -> Double.longBitsToDouble(number());
      default -> integer(type, BYTES[type]);
    };
  }

  /** One of type {@code type}: signed types have odd numbers. */
  private long integer(int type, int bytes) throws IOException {
    long bits = integer(bytes);
    int spare = Long.SIZE - Byte.SIZE * bytes;
    return type % 2 == 1 ? bits << spare >> spare : bits;
  }

  private long integer(int bytes) throws IOException {
    expect(bytes);
    long bits = 0;
    for (int i = 0; i < bytes; i++) {
      int next = in.read();
      if (next < 0) {
        throw cut();
      }
      bits |= (long) next << Byte.SIZE * i;
    }
    read += bytes;
    return bits;
  }

  /** Nothing is longer than what is left of the file. */
  private void expect(long bytes) {
    if (bytes < 0 || bytes > size - read) {
      throw cut();
    }
  }

  private Refusal cut() {
    return new Refusal(
        file + ": its header goes on where the file has ended, at byte " + size,
        "it is cut short or damaged; download it again");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

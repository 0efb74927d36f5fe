package dunlin.host.checkpoint.onnx;

import dunlin.boards.Refusal;
import dunlin.host.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * Floats, still in their file.
 *
 * @param transposed whether two extents are swapped
 */
record Stored(StoredTensor tensor, boolean transposed) implements Value {
  @Override
  public int[] dims() {
    int[] dims = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
    return transposed ? new int[] {dims[1], dims[0]} : dims;
  }

  /** Its first elements as {@code rows} × {@code columns}. */
  Stored reshaped(int rows, int columns) {
    List<Integer> shape = List.of(rows, columns);
    return new Stored(
        new StoredTensor(tensor.name(), tensor.type(), shape, tensor.file(), tensor.offset()),
        false);
  }

  /** The numbers themselves, infinite ones too: masks hold such. */
  Known read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(tensor.bytes()));
    try (FileChannel channel = FileChannel.open(tensor.file())) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, tensor.offset() + bytes.position()) < 0) {
          throw new Refusal(tensor.file() + ": became shorter", "is something still writing it?");
        }
      }
    }
    bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.remaining() / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getFloat();
    }
    Known stored = new Known(new Stored(tensor, false).dims(), values);
    return transposed
        ? stored.pick(dims(), Layout.transposed(stored.dims(), new int[] {1, 0}), 0)
        : stored;
  }
}

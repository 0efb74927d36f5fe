package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads listed tensors piece by piece, through one small buffer, and lets only numbers pass. */
public final class TensorReader {
  private final ByteBuffer piece = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  Matrix read(Listing listing, Weight weight, int layer) throws IOException {
    StoredTensor tensor = listing.tensor(weight, layer);
    return read(tensor, weight.rows(listing.config()), weight.columns(listing.config()));
  }

  /**
   * The elements of {@code tensor} as {@code rows} × {@code columns}.
   *
   * @throws Refusal if an element is NaN or infinite, or the file became shorter than it was
   */
  public Matrix read(StoredTensor tensor, int rows, int columns) throws IOException {
    float[] values = new float[Math.toIntExact(tensor.elements())];
    try (FileChannel channel = FileChannel.open(tensor.file())) {
      long offset = tensor.offset();
      for (int done = 0; done < values.length; ) {
        int count = Math.min(values.length - done, piece.capacity() / tensor.type().bytes());
        fill(channel, offset, count * tensor.type().bytes(), tensor);
        for (int i = done; i < done + count; i++) {
          values[i] = finite(tensor.type().next(piece), tensor, i, columns);
        }
        offset += piece.limit();
        done += count;
      }
    }
    return new Matrix(tensor.name(), rows, columns, values);
  }

  private void fill(FileChannel channel, long offset, int bytes, StoredTensor tensor)
      throws IOException {
    piece.clear().limit(bytes);
    while (piece.hasRemaining()) {
      if (channel.read(piece, offset + piece.position()) < 0) {
        throw new Refusal(
            tensor.file() + ": ended within " + tensor.name() + " while it was read",
            "is something still writing it?");
      }
    }
    piece.flip();
  }

  private static float finite(float value, StoredTensor tensor, int index, int columns) {
    if (!Float.isFinite(value)) {
      throw new Refusal(
          "%s: %s[%d, %d] is %s"
              .formatted(tensor.file(), tensor.name(), index / columns, index % columns, value),
          "a trained model has finite weights only; export or download it again");
    }
    return value;
  }
}

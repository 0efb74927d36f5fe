package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.host.model.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/** Reads listed tensors piece by piece, through one small buffer, and lets only numbers pass. */
public final class TensorReader {
  private static final int PERCENT = 100;

  private final ByteBuffer piece = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private final long due;
  private final IntConsumer percent;
  private long read;

  /** One that says nothing of how far it is. */
  public TensorReader() {
    this(1, done -> {});
  }

  /**
   * One that tells how far it is.
   *
   * @param due bytes of all tensors that it will read
   * @param percent is told how much of them is done, 0 to 100
   */
  public TensorReader(long due, IntConsumer percent) {
    this.due = due;
    this.percent = percent;
  }

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
    return read(tensor, rows, columns, IntUnaryOperator.identity());
  }

  /**
   * As {@link #read(StoredTensor, int, int)}, in another order.
   *
   * @param place where in the matrix an element goes, by its place in the file; below zero for
   *     nowhere
   */
  public Matrix read(StoredTensor tensor, int rows, int columns, IntUnaryOperator place)
      throws IOException {
    ElementType type = tensor.type();
    float[] block = new float[type.blockElements()];
    int elements = Math.toIntExact(tensor.elements());
    float[] values = new float[Math.multiplyExact(rows, columns)];
    try (FileChannel channel = FileChannel.open(tensor.file())) {
      long offset = tensor.offset();
      for (int done = 0; done < elements; ) {
        int blocks =
            Math.min((elements - done) / block.length, piece.capacity() / type.blockBytes());
        fill(channel, offset, blocks * type.blockBytes(), tensor);
        while (piece.hasRemaining()) {
          type.decode(piece, block);
          for (float value : block) {
            int to = place.applyAsInt(done);
            if (to >= 0) {
              values[to] = finite(value, tensor, done);
            }
            done++;
          }
        }
        offset += piece.limit();
        tell(piece.limit());
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

  private void tell(int bytes) {
    read += bytes;
    percent.accept((int) Math.min(PERCENT, read * PERCENT / due));
  }

  private static float finite(float value, StoredTensor tensor, int index) {
    if (!Float.isFinite(value)) {
      int columns = tensor.shape().isEmpty() ? 1 : tensor.shape().get(tensor.shape().size() - 1);
      throw new Refusal(
          "%s: %s[%d, %d] is %s"
              .formatted(tensor.file(), tensor.name(), index / columns, index % columns, value),
          "a trained model has finite weights only; export or download it again");
    }
    return value;
  }
}

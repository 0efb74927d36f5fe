package dunlin.host.checkpoint;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a checkpoint keeps a tensor, row-major and without gaps.
 *
 * @param name as the checkpoint has it; Llama's own where the format has no names
 * @param type of its elements
 * @param shape extents, slowest first
 * @param file that holds it
 * @param offset of its first byte from the file's start
 */
public record StoredTensor(
    String name, ElementType type, List<Integer> shape, Path file, long offset) {
  public StoredTensor {
    shape = List.copyOf(shape);
  }

  /** Elements. */
  public long elements() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Bytes in the file. */
  public long bytes() {
    return type.bytes(elements());
  }
}

package dunlin.host.compile;

import java.util.List;

/**
 * What one node gets.
 *
 * @param bytes the image, as it lies in flash
 * @param memory where its buffers lie in RAM
 * @param taps what its taps show, by number
 * @param work what its program has the node do
 */
public record NodeImage(byte[] bytes, MemoryMap memory, List<TapPoint> taps, Workload work) {
  /** The same program and memory, and other bytes. */
  public NodeImage with(byte[] other) {
    return new NodeImage(other, memory, taps, work);
  }
}

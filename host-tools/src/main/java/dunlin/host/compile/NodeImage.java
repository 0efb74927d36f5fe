package dunlin.host.compile;

import java.util.List;

/**
 * What one node gets.
 *
 * @param bytes the image, as it lies in flash
 * @param memory where its buffers lie in RAM
 * @param taps what its taps show, by number
 */
public record NodeImage(byte[] bytes, MemoryMap memory, List<TapPoint> taps) {}

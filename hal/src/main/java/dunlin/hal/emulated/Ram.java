package dunlin.hal.emulated;

import java.util.List;

/** The RAM regions of a board: what of them is reserved. */
final class Ram {
  private final List<Integer> sizes;
  private final int[] reserved;

  Ram(List<Integer> sizes) {
    this.sizes = sizes;
    this.reserved = new int[sizes.size()];
  }

  int regions() {
    return reserved.length;
  }

  int reserved(int region) {
    return reserved[region];
  }

  /** Zeroed memory, or null where there is no such region or it has less. */
  byte[] reserve(int region, int bytes) {
    if (region < 0
        || region >= reserved.length
        || bytes < 0
        || bytes > sizes.get(region) - reserved[region]) {
      return null;
    }
    reserved[region] += bytes;
    return new byte[bytes];
  }
}

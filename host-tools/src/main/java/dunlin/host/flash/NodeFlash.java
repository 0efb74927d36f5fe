package dunlin.host.flash;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.SectorMap;
import dunlin.firmware.FlashOrder;
import dunlin.host.run.FlashDescription;
import dunlin.host.run.NodeLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** The part of a node's flash that holds its image, by the node's own loader. */
final class NodeFlash implements FlashMemory {
  private static final String REMEDY = "see that it is the right --board, and its firmware is ours";

  private final NodeLoader loader;
  private final LongSupplier clock;
  private final String name;
  private final long address;
  private final int unit;

  private NodeFlash(
      NodeLoader loader, LongSupplier clock, String name, long address, FlashDescription found) {
    this.loader = loader;
    this.clock = clock;
    this.name = name;
    this.address = address;
    unit = found.unit();
  }

  /**
   * The flash of the node that a job means.
   *
   * @param found what the node says of itself
   * @throws Refusal if that is another board, or has too little flash
   */
  static NodeFlash of(NodeLoader loader, LongSupplier clock, FlashJob job, FlashDescription found) {
    String name = "rank " + job.rank();
    if (found.board() != job.board().id()) {
      throw new Refusal(
          name + ": is a " + BoardTypes.nameOf(found.board()) + ", not " + job.board().name(),
          "wire boards as dunlin plan --wiring says, or choose another --board");
    }
    job.check(found.uid());
    if (found.unit() < 1 || FlashOrder.MAX_DATA % found.unit() != 0) {
      throw new Refusal(name + ": a program unit of " + found.unit() + " bytes", REMEDY);
    }
    if (job.bytes() > found.bytes()) {
      throw new Refusal(
          "%s: an image of %,d bytes, and %,d bytes of flash"
              .formatted(name, job.bytes(), found.bytes()),
          REMEDY);
    }
    return new NodeFlash(loader, clock, name, job.segments().get(0).address(), found);
  }

  /** The sectors of the first {@code bytes} bytes, as the node has them. */
  SectorMap sectors(int bytes) {
    List<Integer> sizes = new ArrayList<>();
    for (int offset = 0; offset < bytes; ) {
      int size = loader.describe(offset).sectorBytes();
      if (size <= 0 || size % BLOCK != 0) {
        throw new Refusal(name + ": a sector of " + size + " bytes", REMEDY);
      }
      sizes.add(size);
      offset += size;
    }
    return SectorMap.of(address, sizes);
  }

  /** Bytes that are programmed at once. */
  int unit() {
    return unit;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long nanoseconds() {
    return clock.getAsLong();
  }

  @Override
  public byte[] read(long from, int count) {
    byte[] bytes = new byte[count];
    for (int at = 0; at < count; at += FlashOrder.MAX_DATA) {
      int piece = Math.min(count - at, FlashOrder.MAX_DATA);
      System.arraycopy(loader.read(offset(from) + at, piece), 0, bytes, at, piece);
    }
    return bytes;
  }

  @Override
  public void erase(SectorMap.Sector sector) {
    loader.erase(offset(sector.address()));
  }

  /**
   * Writes from the end to the start, the very first unit of the image by itself: without the magic
   * word that lies there, nothing is an image.
   */
  @Override
  public void write(long to, byte[] bytes) {
    int start = offset(to);
    int end = bytes.length;
    while (end > 0) {
      int from = Math.max(0, end - FlashOrder.MAX_DATA);
      if (start + from == 0 && end > unit) {
        from = unit;
      }
      loader.program(start + from, Arrays.copyOfRange(bytes, from, end));
      end = from;
    }
  }

  private int offset(long at) {
    return (int) (at - address);
  }
}

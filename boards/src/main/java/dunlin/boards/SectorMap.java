package dunlin.boards;

import java.util.ArrayList;
import java.util.List;

/** The sectors of a chip's flash: what is erased at once. */
public final class SectorMap {
  private final List<Sector> sectors = new ArrayList<>();
  private final long origin;
  private long end;

  /**
   * A sector.
   *
   * @param index by which the bootloader knows it: from 0 on, in the order of their addresses
   * @param address of its first byte
   * @param bytes size
   */
  public record Sector(int index, long address, int bytes) {
    /** The address behind it. */
    public long end() {
      return address + bytes;
    }
  }

  private SectorMap(long origin) {
    this.origin = origin;
    end = origin;
  }

  /** Sectors of so many bytes each, one behind the other from {@code origin} on. */
  public static SectorMap of(long origin, List<Integer> sizes) {
    SectorMap map = new SectorMap(origin);
    sizes.forEach(map::add);
    return map;
  }

  private void add(int bytes) {
    sectors.add(new Sector(sectors.size(), end, bytes));
    end += bytes;
  }

  /** Those of a chip that has a bootloader. */
  public static SectorMap of(Chip chip) {
    SectorMap map = new SectorMap(chip.firmwareFlash().origin());
    for (Chip.Sectors run : chip.bootloader().sectors()) {
      for (int i = 0; i < run.count(); i++) {
        map.add(run.bytes());
      }
    }
    return map;
  }

  /** All of them. */
  public List<Sector> all() {
    return List.copyOf(sectors);
  }

  /** Those that hold some of {@code count} bytes from {@code address} on. */
  public List<Sector> touching(long address, long count) {
    return sectors.stream()
        .filter(sector -> sector.address() < address + count && address < sector.end())
        .toList();
  }

  /** The address of the first. */
  public long origin() {
    return origin;
  }

  /** Bytes of all. */
  public int bytes() {
    return (int) (end - origin);
  }

  /** Bytes of the smallest. */
  public int leastBytes() {
    return sectors.stream().mapToInt(Sector::bytes).min().orElseThrow();
  }
}

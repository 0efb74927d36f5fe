package dunlin.host.compile;

import dunlin.boards.BoardType.Region;
import dunlin.boards.Refusal;
import dunlin.host.compile.MemoryMap.Placed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Places buffers in RAM before anything runs: two buffers may share bytes when no op lies in both
 * lifetimes. Largest first, each at the lowest offset that is free for its whole lifetime, in the
 * first region that has one; where none has room, in the one that it exceeds least.
 */
final class MemoryPlanner {
  private static final int ALIGNMENT = 4;
  private static final int LARGEST_REGION = Integer.MAX_VALUE & -ALIGNMENT;

  private final List<Region> regions;
  private final List<Placed> placed = new ArrayList<>();

  private MemoryPlanner(List<Region> regions) {
    this.regions = regions;
  }

  private record Lifetime(int first, int last) {}

  /** Places all RAM operands of {@code program}. */
  static MemoryMap place(Program program, List<Operand.Ram> always, List<Region> regions) {
    Map<Operand.Ram, Lifetime> lifetimes = lifetimes(program, always);
    MemoryPlanner planner = new MemoryPlanner(regions);
    lifetimes.entrySet().stream()
        .filter(entry -> entry.getKey().bytes() > 0)
        .sorted(Comparator.comparingInt(entry -> -entry.getKey().bytes()))
        .forEach(entry -> planner.place(entry.getKey(), entry.getValue()));
    return planner.map();
  }

  private static Map<Operand.Ram, Lifetime> lifetimes(Program program, List<Operand.Ram> always) {
    Map<Operand.Ram, Lifetime> lifetimes = new LinkedHashMap<>();
    int last = program.steps().size() - 1;
    always.forEach(ram -> lifetimes.put(ram, new Lifetime(0, last)));
    for (int op = 0; op <= last; op++) {
      for (Operand operand : program.steps().get(op).operands()) {
        if (operand instanceof Operand.Ram ram) {
          Lifetime born = lifetimes.getOrDefault(ram, new Lifetime(op, op));
          Lifetime grown = new Lifetime(born.first(), Math.max(born.last(), op));
          lifetimes.put(ram, ram.lasting() ? new Lifetime(0, last) : grown);
        }
      }
    }
    return lifetimes;
  }

  private void place(Operand.Ram ram, Lifetime life) {
    int best = 0;
    int bestOffset = 0;
    long leastOver = Long.MAX_VALUE;
    for (int region = 0; region < regions.size() && leastOver > 0; region++) {
      int offset = lowestFree(region, ram.bytes(), life);
      int room = regions.get(region).bytes() & -ALIGNMENT; // what is reserved is whole words
      long over = Math.max(0, offset + (long) ram.bytes() - room);
      if (over < leastOver) {
        best = region;
        bestOffset = offset;
        leastOver = over;
      }
    }
    if (bestOffset > LARGEST_REGION - ram.bytes()) {
      throw new Refusal("RAM: buffers of more than 2 GB", "choose a smaller --context or --chunk");
    }
    placed.add(new Placed(ram.name(), best, bestOffset, ram.bytes(), life.first(), life.last()));
  }

  private int lowestFree(int region, int bytes, Lifetime life) {
    int offset = 0;
    List<Placed> inTheWay =
        placed.stream()
            .filter(p -> p.region() == region && p.overlaps(life.first(), life.last()))
            .sorted(Comparator.comparingInt(Placed::offset))
            .toList();
    for (Placed other : inTheWay) {
      if (offset + (long) bytes <= other.offset()) {
        return offset;
      }
      offset = Math.max(offset, align(other.offset() + other.bytes()));
    }
    return offset;
  }

  private MemoryMap map() {
    List<Integer> bytes = new ArrayList<>();
    for (int region = 0; region < regions.size(); region++) {
      int at = region;
      bytes.add(
          placed.stream()
              .filter(p -> p.region() == at)
              .mapToInt(p -> align(p.offset() + p.bytes()))
              .max()
              .orElse(0));
    }
    placed.sort(Comparator.comparingInt(Placed::region).thenComparingInt(Placed::offset));
    return new MemoryMap(List.copyOf(placed), bytes);
  }

  private static int align(int offset) {
    return (offset + ALIGNMENT - 1) & -ALIGNMENT;
  }
}

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
 * first region that has one.
 */
final class MemoryPlanner {
  private static final int ALIGNMENT = 4;

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
        .forEach(entry -> planner.place(entry.getKey(), entry.getValue(), lifetimes));
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

  private void place(Operand.Ram ram, Lifetime life, Map<Operand.Ram, Lifetime> all) {
    for (int region = 0; region < regions.size(); region++) {
      int offset = lowestFree(region, ram.bytes(), life);
      int room = regions.get(region).bytes() & -ALIGNMENT; // what is reserved is whole words
      if (offset + (long) ram.bytes() <= room) {
        placed.add(new Placed(ram.name(), region, offset, ram.bytes(), life.first(), life.last()));
        return;
      }
    }
    throw doesNotFit(ram, all);
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

  /** How much there is of what lasts, and of the rest at its busiest op. */
  private Refusal doesNotFit(Operand.Ram ram, Map<Operand.Ram, Lifetime> all) {
    long lasting =
        all.keySet().stream().filter(Operand.Ram::lasting).mapToLong(Operand.Ram::bytes).sum();
    long passing = 0;
    int ops = all.values().stream().mapToInt(Lifetime::last).max().orElse(0);
    for (int op = 0; op <= ops; op++) {
      int at = op;
      passing =
          Math.max(
              passing,
              all.entrySet().stream()
                  .filter(e -> !e.getKey().lasting())
                  .filter(e -> e.getValue().first() <= at && at <= e.getValue().last())
                  .mapToLong(e -> e.getKey().bytes())
                  .sum());
    }
    long have = regions.stream().mapToLong(Region::bytes).sum();
    return new Refusal(
        String.format(
            "RAM: %,d bytes of KV cache and %,d bytes of buffers do not fit %,d bytes"
                + " (%s, %,d bytes, has no place)",
            lasting, passing, have, ram.name(), ram.bytes()),
        "choose a smaller --context or --chunk, or a larger --board");
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

package dunlin.host.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType.Region;
import dunlin.boards.Refusal;
import dunlin.host.compile.MemoryMap.Placed;
import dunlin.host.compile.Operand.Ram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MemoryPlannerPropertyTest {
  private static final int OPS = 12;

  /** A buffer and the ops that touch it. */
  record Use(int bytes, boolean lasting, List<Integer> ops) {
    int first() {
      return lasting ? 0 : ops.stream().mapToInt(i -> i).min().orElseThrow();
    }

    int last() {
      return lasting ? OPS - 1 : ops.stream().mapToInt(i -> i).max().orElseThrow();
    }

    boolean meets(Use other) {
      return first() <= other.last() && other.first() <= last();
    }
  }

  @Provide
  Arbitrary<List<Use>> uses() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 300),
            Arbitraries.of(false, false, false, true),
            Arbitraries.integers().between(0, OPS - 1).list().ofMinSize(1).ofMaxSize(4))
        .as(Use::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Property
  void shouldKeepBuffersApartThatOneOpNeeds(
      @ForAll("uses") List<Use> uses, @ForAll @IntRange(max = 500) int firstRegion) {
    List<Region> regions = List.of(new Region("small", firstRegion), new Region("large", 1 << 16));
    MemoryMap map = MemoryPlanner.place(program(uses), List.of(), regions);

    Map<String, Placed> places =
        map.buffers().stream().collect(Collectors.toMap(Placed::name, Function.identity()));
    assertEquals(uses.size(), places.size());
    for (int i = 0; i < uses.size(); i++) {
      Placed one = places.get("buffer " + i);
      assertEquals(uses.get(i).bytes(), one.bytes());
      assertEquals(0, one.offset() % 4);
      assertTrue(one.offset() + one.bytes() <= map.regionBytes().get(one.region()));
      for (int j = 0; j < i; j++) {
        Placed other = places.get("buffer " + j);
        boolean share =
            one.region() == other.region()
                && one.offset() < other.offset() + other.bytes()
                && other.offset() < one.offset() + one.bytes();
        assertTrue(!share || !uses.get(i).meets(uses.get(j)), () -> one + " and " + other);
      }
    }
    for (int region = 0; region < regions.size(); region++) {
      int at = region;
      int end =
          map.buffers().stream()
              .filter(placed -> placed.region() == at)
              .mapToInt(placed -> placed.offset() + placed.bytes())
              .max()
              .orElse(0);
      assertEquals((end + 3) / 4 * 4, map.regionBytes().get(region));
      assertTrue(map.regionBytes().get(region) <= regions.get(region).bytes());
    }
  }

  @Example
  void shouldShareBytesBetweenBuffersThatNeverMeet() {
    List<Use> uses =
        List.of(
            new Use(100, false, List.of(0, 1)),
            new Use(60, false, List.of(2, 3)),
            new Use(40, false, List.of(3, 5)));
    MemoryMap map = MemoryPlanner.place(program(uses), List.of(), List.of(new Region("RAM", 100)));
    assertEquals(List.of(100), map.regionBytes());
  }

  @Example
  void shouldKeepForeverWhatNoOpOfAProgramNames() {
    Ram header = new Ram("tokens", 8, true);
    Program program = program(List.of(new Use(8, false, List.of(3))));
    MemoryMap map = MemoryPlanner.place(program, List.of(header), List.of(new Region("RAM", 16)));
    assertEquals(16, map.bytes());
  }

  @Example
  void shouldExceedARegionByAsLittleAsItCan() {
    List<Use> uses = List.of(new Use(50, true, List.of(1)), new Use(60, false, List.of(2)));
    List<Region> regions = List.of(new Region("A", 40), new Region("B", 55));
    MemoryMap map = MemoryPlanner.place(program(uses), List.of(), regions);
    assertEquals(List.of(52, 60), map.regionBytes());
  }

  @Example
  void shouldRefuseBuffersBeyondAnyAddress() {
    List<Use> uses = Collections.nCopies(9, new Use(1 << 28, true, List.of(1)));
    List<Region> regions = List.of(new Region("A", 40));
    Refusal refusal =
        assertThrows(Refusal.class, () -> MemoryPlanner.place(program(uses), List.of(), regions));
    assertEquals(
        "RAM: buffers of more than 2 GB: choose a smaller --context or --chunk",
        refusal.getMessage());
  }

  /** Ops of any format; what counts is which buffers they name. */
  private static Program program(List<Use> uses) {
    Program program = new Program();
    List<Program.Step> steps = new ArrayList<>();
    IntStream.range(0, OPS).forEach(op -> steps.add(program.add(OpFormat.ADD)));
    for (int i = 0; i < uses.size(); i++) {
      Ram ram = new Ram("buffer " + i, uses.get(i).bytes(), uses.get(i).lasting());
      for (int op : uses.get(i).ops()) {
        steps.get(op).with(4 * i, ram);
      }
    }
    return program;
  }
}

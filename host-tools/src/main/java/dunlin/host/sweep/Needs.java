package dunlin.host.sweep;

import dunlin.host.compile.Footprint;
import dunlin.host.compile.Layout;
import dunlin.host.compile.Traffic;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a flock takes of its boards and wires, whether or not there is so much.
 *
 * @param fits whether every node fits its board
 * @param fullest the rank whose board is nearest to having too little of a memory, or lacks most
 * @param memory that memory: a RAM region, or flash
 * @param memoryBytes what the node takes of it
 * @param memoryRoom what there is of it
 * @param flashBytes of that node's image
 * @param ramBytes that node takes of all regions
 * @param wireBytes of a token on all wires, both ways, the mean over the vocabulary
 */
public record Needs(
    Boolean fits,
    Integer fullest,
    String memory,
    Long memoryBytes,
    Long memoryRoom,
    Long flashBytes,
    Long ramBytes,
    Double wireBytes) {
  /** Of a flock that cannot be. */
  static final Needs NONE = new Needs(null, null, null, null, null, null, null, null);

  private record Memory(Footprint node, String name, long bytes, long room) {
    double share() {
      return (double) bytes / room;
    }
  }

  static Needs of(Layout layout) {
    Memory fullest =
        layout.footprints().stream()
            .flatMap(Needs::memories)
            .max(Comparator.comparingDouble(Memory::share))
            .orElseThrow();
    Footprint node = fullest.node();
    Traffic.Typical typical = layout.traffic().typical(1);
    return new Needs(
        layout.fits(),
        node.rank(),
        fullest.name(),
        fullest.bytes(),
        fullest.room(),
        node.flash().bytes(),
        node.ram().stream().mapToLong(Footprint.Ram::bytes).sum(),
        (double) typical.sum().total().bytes() / typical.passes());
  }

  private static Stream<Memory> memories(Footprint node) {
    Footprint.Flash flash = node.flash();
    List<Memory> image = List.of(new Memory(node, "flash", flash.bytes(), flash.room()));
    return Stream.concat(
        image.stream(),
        node.ram().stream().map(ram -> new Memory(node, ram.region(), ram.bytes(), ram.room())));
  }
}

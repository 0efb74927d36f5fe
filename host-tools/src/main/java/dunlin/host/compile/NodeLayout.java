package dunlin.host.compile;

import dunlin.boards.BoardType;
import dunlin.boards.OffChip;
import dunlin.boards.Performance;
import dunlin.firmware.ImageHeader;
import dunlin.host.compile.MemoryMap.Placed;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.plan.Plan;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One node's program, and where all that it names lies; no byte of the image is there yet. */
final class NodeLayout {
  private final Plan plan;
  private final int rank;
  private final NodeProgram node;
  private final MemoryMap memory;
  private final ImageLayout image;
  private final Residency residency;

  NodeLayout(Plan plan, int rank) {
    this.plan = plan;
    this.rank = rank;
    node = NodeProgram.of(plan, rank);
    memory = MemoryPlanner.place(node.program(), node.buffers().all(), board().ram());
    image = new ImageLayout(node.program());
    residency = residency();
  }

  private Residency residency() {
    Performance performance = board().performance();
    OffChip memory = performance == null ? null : performance.offChip();
    return Residency.of(
        node.program(),
        memory,
        image.bytes(),
        memory == null ? 0 : free(memory.buffer()),
        plan.fetch());
  }

  /** What the node leaves of a RAM region. */
  private long free(String region) {
    int index = board().ram().stream().map(BoardType.Region::name).toList().indexOf(region);
    return board().ram().get(index).bytes() - (long) memory.regionBytes().get(index);
  }

  Program program() {
    return node.program();
  }

  /** Writes the image of a node that fits its board; all of a flock have their model's hash. */
  NodeImage write(long modelHash) {
    return write(modelHash, node.program(), image);
  }

  /** Writes the image of a node that computes nothing: only what moves is moved, of no model. */
  NodeImage writeSilent() {
    Program silent = SilentProgram.of(node.program());
    return write(0, silent, new ImageLayout(silent));
  }

  private NodeImage write(long modelHash, Program program, ImageLayout layout) {
    byte[] bytes = new ImageWriter(plan, modelHash, rank, node, program, memory, layout).write();
    return new NodeImage(bytes, memory, node.taps(), work());
  }

  /** What a pass has the node do. */
  Workload work() {
    int children = plan.wiring().ports(rank, r -> true);
    int wired = ImageHeader.wired(plan.hostwardPort(rank), children);
    return new Workload(node.program(), Integer.bitCount(wired), residency);
  }

  Footprint footprint() {
    int console = rank == 0 ? 1 : 0;
    int links = plan.wiring().links(rank);
    return new Footprint(
        rank,
        plan.members().get(rank),
        new Footprint.Flash(
            image.programBytes(),
            image.weightBytes(),
            image.bytes() - image.programBytes() - image.weightBytes(),
            board().imageBytes()),
        residency,
        node.tiled(),
        IntStream.range(0, board().ram().size()).mapToObj(this::ram).toList(),
        console + links,
        console * board().uart().receiveQueue() + links * plan.link().receiveQueue(board()));
  }

  private Footprint.Ram ram(int region) {
    Set<String> caches = node.caches().stream().map(Ram::name).collect(Collectors.toSet());
    long cache =
        memory.buffers().stream()
            .filter(placed -> placed.region() == region && caches.contains(placed.name()))
            .mapToLong(Placed::bytes)
            .sum();
    BoardType.Region has = board().ram().get(region);
    long bytes = memory.regionBytes().get(region);
    return new Footprint.Ram(has.name(), cache, bytes - cache, has.bytes());
  }

  private BoardType board() {
    return plan.members().get(rank).board();
  }
}

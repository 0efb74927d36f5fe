package dunlin.host.compile;

import dunlin.boards.BoardType;
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
  private final LlamaProgram llama;
  private final MemoryMap memory;
  private final ImageLayout image;

  NodeLayout(Plan plan, int rank) {
    this.plan = plan;
    this.rank = rank;
    llama = new LlamaProgram(plan, rank);
    memory = MemoryPlanner.place(llama.program(), llama.buffers().always(), board().ram());
    image = new ImageLayout(llama.program());
  }

  Program program() {
    return llama.program();
  }

  /** Writes the image of a node that fits its board; all of a flock have their model's hash. */
  NodeImage write(long modelHash) {
    return write(modelHash, llama.program(), image);
  }

  /** Writes the image of a node that computes nothing: only what moves is moved, of no model. */
  NodeImage writeSilent() {
    Program silent = SilentProgram.of(llama.program());
    return write(0, silent, new ImageLayout(silent));
  }

  private NodeImage write(long modelHash, Program program, ImageLayout layout) {
    byte[] bytes =
        new ImageWriter(plan, modelHash, rank, llama.buffers(), program, memory, layout).write();
    return new NodeImage(bytes, memory, llama.taps(), work());
  }

  /** What a pass has the node do. */
  Workload work() {
    int children = plan.wiring().ports(rank, r -> true);
    int wired = ImageHeader.wired(plan.hostwardPort(rank), children);
    return new Workload(llama.program(), Integer.bitCount(wired));
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
        IntStream.range(0, board().ram().size()).mapToObj(this::ram).toList(),
        console + links,
        console * board().uart().receiveQueue() + links * plan.link().receiveQueue(board()));
  }

  private Footprint.Ram ram(int region) {
    Set<String> caches = llama.buffers().caches.stream().map(Ram::name).collect(Collectors.toSet());
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

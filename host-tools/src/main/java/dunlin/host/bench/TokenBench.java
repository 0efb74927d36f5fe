package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.boards.bench.Laps;
import dunlin.boards.qemu.QemuRun;
import dunlin.firmware.Request;
import dunlin.host.bench.NodeMeasurement.OpMeasurement;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.Listing;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.QemuFlock;
import dunlin.host.run.Sampling;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts the instructions that a token takes on each node of a flock. The flock tells its text on
 * the desktop, where what every node receives is recorded; then each node's firmware runs alone on
 * an emulated core, and receives that again.
 */
public final class TokenBench {
  private final Plan plan;
  private final List<NodeImage> images;
  private final int position;
  private final List<Recorder> recorders;

  private TokenBench(Plan plan, int position) {
    this.plan = plan;
    this.position = position;
    images = Compiler.compile(plan);
    recorders = Stream.generate(Recorder::new).limit(images.size()).toList();
  }

  /**
   * Measures a token, picked greedily, on every node.
   *
   * @param plan of boards that are {@link BoardTypes#measurable}, linked by UARTs, and with a
   *     context beyond {@code position}
   * @param first the first token of the text
   * @param position of the token that is measured
   */
  public static List<NodeMeasurement> measure(Plan plan, int first, int position) {
    if (position >= plan.context()) {
      throw new Refusal(
          "position " + position + " is beyond a context of " + plan.context(),
          "choose a smaller --position, or a larger --context");
    }
    QemuFlock.check(plan);
    TokenBench bench = new TokenBench(plan, position);
    bench.record(first);
    try (TemporaryFolder folder = new TemporaryFolder("dunlin-bench")) {
      Map<BoardType, Path> firmware = new LinkedHashMap<>();
      plan.members().stream()
          .map(Member::board)
          .distinct()
          .forEach(type -> firmware.put(type, FirmwareBuild.replay(type, folder.path()).elf()));
      return IntStream.range(0, bench.images.size())
          .mapToObj(rank -> bench.replay(rank, firmware))
          .toList();
    }
  }

  private void record(int first) {
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images, recorders));
    Generator generator = new Generator(coordinator, coordinator.hello());
    int token = first;
    while (generator.position() < position) {
      token = pass(generator, token);
    }
    recorders.forEach(Recorder::measure);
    pass(generator, token);
  }

  private static int pass(Generator generator, int token) {
    return generator.feed(new int[] {token}, Request.SAMPLE, Sampling.GREEDY).token();
  }

  private NodeMeasurement replay(int rank, Map<BoardType, Path> firmware) {
    BoardType board = plan.members().get(rank).board();
    byte[] image = images.get(rank).bytes();
    CoreTimer timer = CoreTimer.of(board.chip());
    try (QemuRun run = new QemuRun(board.chip(), firmware.get(board), image)) {
      run.tape(tape(board, recorders.get(rank)));
      List<String> lines = run.written(timer.shift()).lines().toList();
      String checksum = lines.get(lines.size() - 1);
      if (Integer.parseUnsignedInt(checksum, 16) != recorders.get(rank).checksum()) {
        throw new IllegalStateException("node " + rank + " computes other bits on " + board.name());
      }
      return measurement(
          rank,
          board,
          Lap.read(lines.subList(0, lines.size() - 1), timer),
          Listing.of("node " + rank, image).ops());
    }
  }

  private NodeMeasurement measurement(
      int rank, BoardType board, List<Lap> laps, List<Listing.Line> program) {
    Map<String, OpMeasurement> ops = new LinkedHashMap<>();
    int last = -1;
    for (Lap lap : laps) {
      if (lap.purpose() >= 0) {
        String op = program.get(lap.purpose()).op();
        int executed = lap.purpose() == last ? 0 : 1;
        ops.merge(op, new OpMeasurement(op, executed, lap.instructions()), OpMeasurement::plus);
        last = lap.purpose();
      }
    }
    return new NodeMeasurement(
        rank,
        board.name(),
        position,
        List.copyOf(ops.values()),
        Lap.sum(laps, Laps.INTERRUPT),
        Lap.sum(laps, Laps.LINK),
        Lap.sum(laps, Laps.LOOP),
        recorders.get(rank).measuredBytes());
  }

  /** The tape as {@link dunlin.boards.bench.Tape} draws it. */
  private static byte[] tape(BoardType board, Recorder recorder) {
    ByteArrayOutputStream tape = new ByteArrayOutputStream();
    tape.writeBytes(
        switch (board.chip().family()) {
          case "stm32f4" -> new byte[] {0, (byte) 0xE0, 4, 0}; // SR: TXE, TC, RXNE; DR
          default -> new byte[] {4, 2, 0, 0}; // STATE: receive buffer full; DATA
        });
    tape.writeBytes(recorder.tape());
    return tape.toByteArray();
  }
}

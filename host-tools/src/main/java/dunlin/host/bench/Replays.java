package dunlin.host.bench;

import dunlin.boards.BoardType;
import dunlin.boards.qemu.QemuRun;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.run.Classifier;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.NodeIdentity;
import dunlin.host.run.QemuFlock;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A flock works on the desktop, where what every node receives is recorded; then each node's
 * firmware runs alone on an emulated core, and receives that again.
 */
final class Replays {
  private final Plan plan;
  private final List<NodeImage> images;
  private final List<Recorder> recorders;

  private Replays(Plan plan) {
    this.plan = plan;
    images = Compiler.compile(plan);
    recorders = images.stream().map(image -> new Recorder(image.work())).toList();
  }

  /**
   * What a node did in the part of its work that is measured.
   *
   * @param image that it executed
   * @param recorder of what it received
   * @param laps in order
   */
  record Replay(NodeImage image, Recorder recorder, List<Lap> laps) {}

  /** What a flock is asked. */
  @FunctionalInterface
  interface Exercise {
    /**
     * Asks.
     *
     * @param root of the flock, which has been greeted
     * @param measure to be called when what follows is to be measured
     */
    void run(Coordinator coordinator, NodeIdentity root, Runnable measure);

    /**
     * A text.
     *
     * @param before feeds what comes before
     * @param measured feeds what is measured
     */
    static Exercise text(Consumer<Generator> before, Consumer<Generator> measured) {
      return (coordinator, root, measure) -> {
        Generator generator = new Generator(coordinator, root);
        before.accept(generator);
        measure.run();
        measured.accept(generator);
      };
    }

    /**
     * Inputs of an encoder.
     *
     * @param before comes before what is measured
     */
    static Exercise inputs(List<byte[]> before, List<byte[]> measured) {
      return (coordinator, root, measure) -> {
        Classifier classifier = new Classifier(coordinator, root);
        before.forEach(classifier::classify);
        measure.run();
        measured.forEach(classifier::classify);
      };
    }
  }

  /**
   * Measures all nodes, by rank.
   *
   * @param plan of boards that are {@link dunlin.boards.BoardTypes#measurable}, linked by UARTs
   */
  static List<Replay> of(Plan plan, Exercise exercise) {
    QemuFlock.check(plan);
    Replays replays = new Replays(plan);
    replays.record(exercise);
    plan.members().forEach(member -> BenchFirmware.replaying(member.board()));
    return IntStream.range(0, replays.images.size()).parallel().mapToObj(replays::replay).toList();
  }

  private void record(Exercise exercise) {
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan, images, recorders));
    NodeIdentity root = coordinator.hello();
    exercise.run(coordinator, root, () -> recorders.forEach(Recorder::measure));
  }

  private Replay replay(int rank) {
    BoardType board = plan.members().get(rank).board();
    NodeImage image = images.get(rank);
    Recorder recorder = recorders.get(rank);
    CoreTimer timer = CoreTimer.of(board.chip());
    try (QemuRun run = new QemuRun(board.chip(), BenchFirmware.replaying(board), image.bytes())) {
      run.tape(tape(board, recorder));
      List<String> lines = run.written(timer.shift()).lines().toList();
      String checksum = lines.get(lines.size() - 1);
      if (Integer.parseUnsignedInt(checksum, 16) != recorder.checksum()) {
        throw new IllegalStateException("node " + rank + " computes other bits on " + board.name());
      }
      List<Lap> laps =
          Lap.read(lines.subList(0, lines.size() - 1), timer).stream()
              .map(lap -> lap.within(image.work().ops()))
              .toList();
      return new Replay(image, recorder, laps);
    }
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

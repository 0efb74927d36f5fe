package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.hal.emulated.EmulatedBoard;
import dunlin.host.SmallModels;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.ImageSummary;
import dunlin.host.compile.NodeImage;
import dunlin.host.flock.Progress;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.run.Coordinator;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.Generator;
import dunlin.host.run.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Four emulated boards with flash of three kinds, and images that belong there. */
final class FlockBench {
  private static final LlamaConfig SHAPE =
      new LlamaConfig(16, 24, 2, 4, 2, 4, 30, 64, 1e-5, 10_000);
  private static final int[] PROMPT = {3, 1, 4, 1, 5};
  private static final int FLASH_BYTES = 32_768;

  /** Program units and sectors of an F4, an L4 and an H7, the sectors made smaller. */
  private static final List<BoardType> BOARDS =
      List.of(board(4, 8192, 16), board(8, 2048, 82), board(32, 16_384, 190), board(4, 4096, 16));

  final Plan plan;
  final List<NodeImage> images;
  final EmulatedFlock flock;

  /** The images of {@code plan}, and boards that are wired as it says. */
  FlockBench(Plan plan) {
    this.plan = plan;
    images = Compiler.compile(plan);
    flock = EmulatedFlock.empty(plan, FLASH_BYTES);
  }

  static Plan plan(int seed, Topology topology) {
    return Planner.plan(
        SmallModels.quantise(RandomModel.of(SHAPE, true, seed)),
        BOARDS,
        PlanOptions.DEFAULT.nodes(BOARDS.size(), topology));
  }

  private static BoardType board(int unit, int sectorBytes, int micros) {
    BoardType any = BoardTypes.named("emulated");
    return new BoardType(
        "unit " + unit + ", sectors of " + sectorBytes,
        any.description(),
        any.weights(),
        any.imageBytes(),
        any.ram(),
        any.uart(),
        any.spi(),
        new BoardType.FlashGeometry(unit, sectorBytes, micros, 20));
  }

  /** The boards of the ranks hold images of {@code other}. */
  FlockBench holding(List<NodeImage> other, int... ranks) {
    for (int rank : ranks) {
      flock.board(rank).loadFlash(other.get(rank).bytes());
    }
    return this;
  }

  FlashJob job(int rank) {
    return FlashJob.ofImage(
        rank,
        plan.members().get(rank).board(),
        "root",
        null,
        plan.wiring().route(rank),
        images.get(rank).bytes());
  }

  FlockFlasher flasher() {
    return new FlockFlasher(job -> flock, flock::nanoseconds, false, Progress.NONE);
  }

  /** From the root outwards. */
  List<FlashReport> flashAll() {
    FlockFlasher flasher = flasher();
    return ranks().mapToObj(rank -> flasher.flash(job(rank))).toList();
  }

  IntStream ranks() {
    return IntStream.range(0, images.size());
  }

  /** What a board holds where an image belongs. */
  byte[] held(int rank) {
    EmulatedBoard board = flock.board(rank);
    return Arrays.copyOf(board.flash().bytes(), images.get(rank).bytes().length);
  }

  /**
   * Whether what a board would take for an image is all of the one that belongs there, or once did.
   */
  boolean isEmptyOrWhole(int rank, List<NodeImage> before) {
    byte[] flash = flock.board(rank).flash().bytes();
    try {
      byte[] trusted = Arrays.copyOf(flash, ImageSummary.of("flash", flash).bytes());
      return Arrays.equals(trusted, images.get(rank).bytes())
          || Arrays.equals(trusted, before.get(rank).bytes());
    } catch (Refusal distrusted) {
      return true;
    }
  }

  void expectAllFlashed() {
    ranks().forEach(rank -> assertArrayEquals(images.get(rank).bytes(), held(rank)));
    assertArrayEquals(tell(new EmulatedFlock(plan)), tell(flock));
  }

  private static int[] tell(EmulatedFlock flock) {
    Coordinator coordinator = new Coordinator(flock);
    List<Integer> tokens = new ArrayList<>();
    new Generator(coordinator, coordinator.hello())
        .generate(PROMPT, 20, Sampling.GREEDY, tokens::add);
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}

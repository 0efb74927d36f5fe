package dunlin.host.flock;

import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.plan.Plan;
import dunlin.host.rig.HostCable;
import dunlin.host.rig.Rig;
import dunlin.host.rig.RigFiles;
import dunlin.host.rig.RigRoster;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.DeskFlock;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.FaultPlan;
import dunlin.host.run.Generator;
import dunlin.host.run.LinkStatus;
import dunlin.host.run.Meter;
import dunlin.host.run.Misfortune;
import dunlin.host.run.NodeIdentity;
import dunlin.host.run.QemuFlock;
import dunlin.host.run.Roster;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A flock that answers as one model: prompt in, text out. The nodes have said who they are, and
 * hold one plan. Not for several threads.
 */
public final class Flock implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final Console console;
  private final Meter meter;
  private final Runnable end;
  private final List<NodeIdentity> nodes;
  private final Generator generator;
  private Chat held;
  private Misfortune misfortune;

  private Flock(
      Plan plan,
      List<NodeImage> images,
      Console console,
      Meter meter,
      Tokenizer tokenizer,
      Runnable end) {
    this.tokenizer = tokenizer;
    this.console = console;
    this.meter = meter;
    this.end = end;
    Coordinator coordinator = new Coordinator(console);
    NodeIdentity root = coordinator.hello();
    nodes = coordinator.flock();
    Roster.check(plan, images, nodes);
    generator = new Generator(coordinator, root);
  }

  /**
   * Emulated boards, wired and flashed as {@code plan} says.
   *
   * @throws dunlin.boards.Refusal if something does not fit a board
   */
  public static Flock emulate(Plan plan, Tokenizer tokenizer) {
    return emulate(plan, Compiler.compile(plan), tokenizer);
  }

  /** Emulated boards with these images of {@code plan}, by rank. */
  public static Flock emulate(Plan plan, List<NodeImage> images, Tokenizer tokenizer) {
    EmulatedFlock boards = new EmulatedFlock(plan, images);
    return over(plan, images, boards, boards, tokenizer);
  }

  /**
   * Boards on QEMU with firmware that is built for them, which takes some seconds for each type of
   * board.
   *
   * @param images by rank
   * @throws dunlin.boards.Refusal if QEMU or the compiler is not there, or has no such board
   */
  public static Flock onQemu(
      Plan plan, List<NodeImage> images, Tokenizer tokenizer, Progress progress) {
    QemuFlock.check(plan);
    try (BuiltFirmware firmware = BuiltFirmware.of(plan, progress)) {
      QemuFlock boards = new QemuFlock(plan, images, firmware::elf);
      try {
        return new Flock(plan, images, boards, boards, tokenizer, boards::close);
      } catch (RuntimeException e) {
        boards.close();
        throw e;
      }
    }
  }

  /**
   * Boards on the desk, flashed before.
   *
   * @param images of {@code plan} that they should hold, by rank
   * @param rigFile what the boards are; beside it lies the file that says which port is which
   * @throws dunlin.boards.Refusal if the files are wrong, the root is not at its port, a node is
   *     missing, or a board is not the one that the rig file has at its rank
   */
  public static Flock onDesk(Plan plan, List<NodeImage> images, Tokenizer tokenizer, Path rigFile) {
    Rig rig = RigFiles.rig(rigFile);
    DeskFlock boards = new DeskFlock(HostCable.open(rigFile, rig), plan);
    try {
      Flock flock = new Flock(plan, images, boards, boards, tokenizer, boards::close);
      RigRoster.check(rig, flock.nodes);
      return flock;
    } catch (RuntimeException e) {
      boards.close();
      throw e;
    }
  }

  /**
   * Boards that are there, whatever they are.
   *
   * @param images of {@code plan} that they should hold, by rank
   * @param console the link to the root
   * @param meter what time and traffic are measured with
   * @throws dunlin.boards.Refusal if a node is missing, has a bad image, or another plan's
   */
  public static Flock over(
      Plan plan, List<NodeImage> images, Console console, Meter meter, Tokenizer tokenizer) {
    return new Flock(plan, images, console, meter, tokenizer, () -> {});
  }

  /** What the nodes say of themselves, by rank. */
  public List<NodeIdentity> nodes() {
    return nodes;
  }

  /** What the root says of itself. */
  public NodeIdentity root() {
    return nodes.get(0);
  }

  /**
   * Writes a text.
   *
   * @param prompt how it begins
   * @param steps most tokens to write, at least 1
   * @param reader gets the text piece by piece as it comes, the prompt first
   * @throws dunlin.boards.Refusal if the prompt exceeds the context, or a node is lost on the way
   */
  public Story tell(String prompt, int steps, Sampling sampling, Consumer<String> reader) {
    return chat().say(prompt, Limit.tokens(steps), sampling, reader, reader);
  }

  /** A text that goes on turn by turn. */
  public Chat chat() {
    return new Chat(this, generator, meter, tokenizer);
  }

  /** How every link fares as each of its nodes sees it, by rank and port. */
  public List<LinkStatus> links() {
    return generator.links();
  }

  /** How often the flock was lost in the middle of a text, and brought back. */
  public int rejoins() {
    return generator.rejoins();
  }

  /**
   * Lets things go wrong from now on; the text stays the same.
   *
   * @param seed the same one, the same faults at the same times
   * @throws IllegalStateException where the boards are not emulated
   */
  public void befall(FaultPlan faults, long seed) {
    if (!(console instanceof EmulatedFlock boards)) {
      throw new IllegalStateException("faults happen to emulated boards");
    }
    misfortune = Misfortune.befall(boards.emulation(), faults, seed);
  }

  /** How many faults have been made to happen. */
  public long faults() {
    return misfortune == null ? 0 : misfortune.faults();
  }

  /** Gives the caches to the first turn of {@code chat}. */
  void begin(Chat chat) {
    generator.restart();
    held = chat;
  }

  /** Whether the caches hold {@code chat}. */
  boolean holds(Chat chat) {
    return held == chat;
  }

  /** Powers the boards down. */
  @Override
  public void close() {
    end.run();
  }
}

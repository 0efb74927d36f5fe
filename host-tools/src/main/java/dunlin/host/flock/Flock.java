package dunlin.host.flock;

import dunlin.host.compile.Compiler;
import dunlin.host.plan.Plan;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.FaultPlan;
import dunlin.host.run.Generator;
import dunlin.host.run.LinkStatus;
import dunlin.host.run.Misfortune;
import dunlin.host.run.NodeIdentity;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * A flock that answers as one model: prompt in, text out. The nodes have said who they are, and
 * hold one plan. Not for several threads.
 */
public final class Flock implements AutoCloseable {
  private final LiveBoards boards;
  private final Tokenizer tokenizer;
  private final Generator generator;
  private Chat held;
  private Misfortune misfortune;

  private Flock(LiveBoards boards, Tokenizer tokenizer) {
    this.boards = boards;
    this.tokenizer = tokenizer;
    generator = new Generator(boards.coordinator(), boards.root());
  }

  /** A flock of boards that hold a decoder; closing it closes them. */
  public static Flock of(LiveBoards boards, Tokenizer tokenizer) {
    return new Flock(boards, tokenizer);
  }

  /**
   * Emulated boards, wired and flashed as {@code plan} says.
   *
   * @throws dunlin.boards.Refusal if something does not fit a board
   */
  public static Flock emulate(Plan plan, Tokenizer tokenizer) {
    return of(LiveBoards.emulate(plan, Compiler.compile(plan)), tokenizer);
  }

  /** What the nodes say of themselves, by rank. */
  public List<NodeIdentity> nodes() {
    return boards.nodes();
  }

  /** What the root says of itself. */
  public NodeIdentity root() {
    return boards.root();
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
    return new Chat(this, generator, boards.meter(), tokenizer);
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
    if (!(boards.console() instanceof EmulatedFlock emulated)) {
      throw new IllegalStateException("faults happen to emulated boards");
    }
    misfortune = Misfortune.befall(emulated.emulation(), faults, seed);
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
    boards.close();
  }
}

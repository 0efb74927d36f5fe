package dunlin.host.flock;

import dunlin.boards.Refusal;
import dunlin.host.run.Generator;
import dunlin.host.run.Meter;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A text that somebody and a flock write in turns. The nodes' caches hold it from one turn to the
 * next: a turn feeds what is new, and no more. A flock holds one text at a time: the first turn of
 * another one, or {@link Flock#tell}, ends it.
 */
public final class Chat {
  private final Flock flock;
  private final Generator generator;
  private final Meter meter;
  private final Tokenizer tokenizer;
  private final Tokenizer.Decoder decoder;

  /** The last token written, where it was not fed yet. */
  private int[] pending = {};

  private boolean begun;

  Chat(Flock flock, Generator generator, Meter meter, Tokenizer tokenizer) {
    this.flock = flock;
    this.generator = generator;
    this.meter = meter;
    this.tokenizer = tokenizer;
    decoder = tokenizer.decoder();
  }

  /**
   * Whether the context has room for {@code more}.
   *
   * @throws Refusal if the tokenizer cannot express it
   */
  public boolean fits(String more) {
    int held = begun ? generator.position() + pending.length : 0;
    return held + tokens(more).length <= flock.root().context();
  }

  /**
   * Writes on from the text so far and {@code more}.
   *
   * @param more a word or several; the first time how the text begins, which may be nothing
   * @param reader gets what the flock writes, piece by piece as it comes
   * @return this turn, {@code more} included
   * @throws Refusal if the tokenizer cannot express {@code more}, the context has no room for it,
   *     or a node is lost on the way
   */
  public Story say(String more, Limit limit, Sampling sampling, Consumer<String> reader) {
    return say(more, limit, sampling, piece -> {}, reader);
  }

  /** As {@link #say(String, Limit, Sampling, Consumer)}; {@code prompter} gets {@code more}. */
  Story say(
      String more,
      Limit limit,
      Sampling sampling,
      Consumer<String> prompter,
      Consumer<String> reader) {
    int[] given = tokens(more);
    int[] fed = IntStream.concat(Arrays.stream(pending), Arrays.stream(given)).toArray();
    if (fed.length == 0) {
      throw new Refusal("nothing is said after the end of the story", "say how it goes on");
    }
    begin();
    Storyteller teller = new Storyteller(generator, meter, tokenizer, decoder, limit, reader);
    Story story = teller.tell(fed, given, sampling, prompter);
    List<Integer> written = story.tokens();
    pending =
        story.end() == Story.End.STORY ? new int[0] : new int[] {written.get(written.size() - 1)};
    return story;
  }

  private void begin() {
    if (!begun) {
      flock.begin(this);
      begun = true;
    } else if (!flock.holds(this)) {
      throw new IllegalStateException("the flock has begun another text");
    }
  }

  private int[] tokens(String more) {
    return begun ? tokenizer.continuation(more) : tokenizer.prompt(more);
  }
}

package dunlin.host.flock;

import dunlin.host.run.Generator;
import dunlin.host.run.Meter;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Has a flock write one turn of a text, and hands it on piece by piece as it comes. */
final class Storyteller {
  private final Generator generator;
  private final Tokenizer tokenizer;
  private final Tokenizer.Decoder decoder;
  private final Limit limit;
  private final Consumer<String> reader;
  private final Stopwatch watch;

  private final StringBuilder text = new StringBuilder();
  private final List<Integer> tokens = new ArrayList<>();
  private Effort prompt;
  private Story.End end = Story.End.CONTEXT;

  /**
   * @param decoder stands where the text does
   * @param limit of the tokens to write
   * @param reader gets what is written
   */
  Storyteller(
      Generator generator,
      Meter meter,
      Tokenizer tokenizer,
      Tokenizer.Decoder decoder,
      Limit limit,
      Consumer<String> reader) {
    this.generator = generator;
    this.tokenizer = tokenizer;
    this.decoder = decoder;
    this.limit = limit;
    this.reader = reader;
    watch = new Stopwatch(generator, meter);
  }

  /**
   * Writes on.
   *
   * @param fed tokens to begin with
   * @param given what of them belongs to this turn
   * @param prompter gets the text of those, once the node has taken them
   */
  Story tell(int[] fed, int[] given, Sampling sampling, Consumer<String> prompter) {
    generator.generate(
        fed,
        Integer.MAX_VALUE,
        sampling,
        token -> {
          if (prompt == null) {
            prompt = watch.lap();
            for (int one : given) {
              hand(decoder.next(one), prompter);
            }
          }
          return take(token);
        });
    Effort decoding = watch.lap();
    hand(decoder.end(), reader);
    return new Story(text.toString(), List.copyOf(tokens), end, prompt, decoding);
  }

  /** Whether another token is wanted after this one. */
  private boolean take(int token) {
    if (tokenizer.ends(token)) {
      end = Story.End.STORY;
      return false;
    }
    tokens.add(token);
    hand(decoder.next(token), reader);
    if (limit.reached(tokens.size(), text.toString())) {
      end = Story.End.STEPS;
      return false;
    }
    return true;
  }

  private void hand(String piece, Consumer<String> to) {
    text.append(piece);
    to.accept(piece);
  }
}

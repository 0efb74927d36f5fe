package dunlin.host.flock;

import dunlin.host.run.Generator;
import dunlin.host.run.Meter;
import dunlin.host.run.Sampling;
import dunlin.host.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Has a flock write one text, and hands it on piece by piece as it comes. */
final class Storyteller {
  private final Generator generator;
  private final Meter meter;
  private final Tokenizer tokenizer;
  private final Consumer<String> reader;

  private final StringBuilder text = new StringBuilder();
  private final List<Integer> tokens = new ArrayList<>();
  private boolean ended;

  Storyteller(Generator generator, Meter meter, Tokenizer tokenizer, Consumer<String> reader) {
    this.generator = generator;
    this.meter = meter;
    this.tokenizer = tokenizer;
    this.reader = reader;
  }

  /**
   * Writes on from {@code prompt}, which is the beginning of the text.
   *
   * @param steps most tokens to write
   */
  Story tell(int[] prompt, int steps, Sampling sampling) {
    Tokenizer.Decoder decoder = tokenizer.decoder();
    long bytesBefore = meter.wireBytes();
    long virtualBefore = meter.nanoseconds();
    long before = System.nanoTime();
    generator.generate(prompt, steps, sampling, token -> take(token, prompt, decoder));
    double seconds = (System.nanoTime() - before) / 1e9;
    hand(decoder.end());
    return new Story(
        text.toString(),
        List.copyOf(tokens),
        ended ? Story.End.STORY : tokens.size() == steps ? Story.End.STEPS : Story.End.CONTEXT,
        meter.wireBytes() - bytesBefore,
        meter.nanoseconds() - virtualBefore,
        seconds);
  }

  /** Takes the next token; the prompt is handed on with the first, once the node has taken it. */
  private boolean take(int token, int[] prompt, Tokenizer.Decoder decoder) {
    if (tokens.isEmpty()) {
      for (int given : prompt) {
        hand(decoder.next(given));
      }
    }
    ended = tokenizer.ends(token);
    if (!ended) {
      tokens.add(token);
      hand(decoder.next(token));
    }
    return !ended;
  }

  private void hand(String piece) {
    text.append(piece);
    reader.accept(piece);
  }
}

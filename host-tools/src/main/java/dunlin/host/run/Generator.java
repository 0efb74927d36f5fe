package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * A text in the making: feeds tokens in chunks, asks for the next one, and remembers how far the
 * caches are filled.
 */
public final class Generator {
  /** How often one pass may lose the flock. */
  private static final int REJOINS = 20;

  private final Coordinator coordinator;
  private final NodeIdentity node;

  /** All tokens of the text that were fed: the caches' contents follow from them. */
  private final List<Integer> text = new ArrayList<>();

  /** How much of it the caches of all nodes hold. */
  private int cached;

  private int rejoins;

  /** Starts at position 0. */
  public Generator(Coordinator coordinator, NodeIdentity node) {
    this.coordinator = coordinator;
    this.node = node;
  }

  /** The position of the next token. */
  public int position() {
    return text.size();
  }

  /** Starts a new text. */
  public void restart() {
    text.clear();
    cached = 0;
  }

  /** How often the flock was lost, and brought back. */
  public int rejoins() {
    return rejoins;
  }

  /**
   * Feeds {@code prompt} and then what was picked, until the limit, the end of the context, or a
   * token that {@code sink} refuses.
   *
   * @param prompt at least one token
   * @param steps tokens to pick
   * @param sink takes each token; false ends the text, and the token is not fed
   * @return how many tokens the sink took
   */
  public int generate(int[] prompt, int steps, Sampling sampling, IntPredicate sink) {
    if (position() + prompt.length > node.context()) {
      throw new Refusal(
          "the prompt has "
              + prompt.length
              + " tokens, and the context has room for "
              + (node.context() - position()),
          "shorten the prompt, or choose a larger --context");
    }
    int[] feed = prompt;
    for (int taken = 0; taken < steps; taken++) {
      PassResult result = feed(feed, Request.SAMPLE, sampling);
      if (!sink.test(result.token())) {
        return taken;
      }
      if (position() == node.context()) {
        return taken + 1;
      }
      feed = new int[] {result.token()};
    }
    return steps;
  }

  /**
   * Feeds tokens in chunks; only the last chunk's pass has {@code flags}.
   *
   * @return the last pass's result
   */
  public PassResult feed(int[] tokens, int flags, Sampling sampling) {
    PassResult result = null;
    Sampling fitting = sampling.within(node.vocabulary());
    for (int from = 0; from < tokens.length; from += node.maxRows()) {
      int to = Math.min(from + node.maxRows(), tokens.length);
      int[] chunk = Arrays.copyOfRange(tokens, from, to);
      result = pass(chunk, to == tokens.length ? flags : 0, fitting);
      Arrays.stream(chunk).forEach(text::add);
      cached = position();
    }
    return result;
  }

  /** A pass; where contact is lost, the flock is brought to where it was. */
  private PassResult pass(int[] chunk, int flags, Sampling sampling) {
    return recovering(
        () -> {
          replay();
          return coordinator.pass(chunk, position(), flags, sampling);
        });
  }

  /** How every link fares as each of its nodes sees it, by rank and port. */
  public List<LinkStatus> links() {
    return recovering(coordinator::links);
  }

  private <T> T recovering(Supplier<T> exchange) {
    for (int lost = 0; ; lost++) {
      try {
        return exchange.get();
      } catch (LostContact e) {
        if (lost == REJOINS) {
          throw e;
        }
      }
      rejoins++;
      coordinator.hello();
      cached = Math.min(coordinator.filled(), cached);
    }
  }

  /** Fills the caches again, for a node that has lost them. */
  private void replay() {
    while (cached < position()) {
      int to = Math.min(cached + node.maxRows(), position());
      int[] chunk = text.subList(cached, to).stream().mapToInt(Integer::intValue).toArray();
      coordinator.pass(chunk, cached, 0, Sampling.GREEDY);
      cached = to;
    }
  }
}

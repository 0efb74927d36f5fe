package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.firmware.Request;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A text in the making: feeds tokens in chunks, asks for the next one, and remembers how far the
 * caches are filled.
 */
public final class Generator {
  private final Coordinator coordinator;
  private final NodeIdentity node;
  private int position;

  /** Starts at position 0. */
  public Generator(Coordinator coordinator, NodeIdentity node) {
    this.coordinator = coordinator;
    this.node = node;
  }

  /** The position of the next token. */
  public int position() {
    return position;
  }

  /** Starts a new text. */
  public void restart() {
    position = 0;
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
    if (position + prompt.length > node.context()) {
      throw new Refusal(
          "the prompt has "
              + prompt.length
              + " tokens, and the context has room for "
              + (node.context() - position),
          "shorten the prompt, or choose a larger --context");
    }
    int[] feed = prompt;
    for (int taken = 0; taken < steps; taken++) {
      PassResult result = feed(feed, Request.SAMPLE, sampling);
      if (!sink.test(result.token())) {
        return taken;
      }
      if (position == node.context()) {
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
      result = coordinator.pass(chunk, position, to == tokens.length ? flags : 0, fitting);
      position += chunk.length;
    }
    return result;
  }
}

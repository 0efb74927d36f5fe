package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import dunlin.host.model.LlamaConfig;
import java.nio.file.Path;

/**
 * The limits within which a header's words are believed. They are far above any Llama, and low
 * enough that no product of them overflows a long.
 */
final class Shapes {
  private static final int WIDTH = 1 << 20;
  private static final int COUNT = 1 << 12;
  private static final int LENGTH = 1 << 24;
  private static final int ARRAY = Integer.MAX_VALUE - 8; // the largest array a JVM gives

  private Shapes() {}

  /**
   * @param file named in the refusal
   * @return {@code config}, proven sane
   */
  static LlamaConfig check(Path file, LlamaConfig config) {
    within(file, "dim", config.dim(), WIDTH);
    within(file, "hidden", config.hidden(), WIDTH);
    within(file, "layers", config.layers(), COUNT);
    within(file, "heads", config.heads(), COUNT);
    within(file, "kv_heads", config.kvHeads(), config.heads());
    within(file, "head size", config.headSize(), COUNT);
    within(file, "vocabulary", config.vocabulary(), LENGTH);
    within(file, "context", config.context(), LENGTH);
    require(
        file,
        config.heads() % config.kvHeads() == 0,
        "kv_heads %d does not divide heads %d".formatted(config.kvHeads(), config.heads()));
    require(
        file,
        config.headSize() % 2 == 0,
        "head size %d is odd, so rotary pairs do not fit".formatted(config.headSize()));
    positive(file, "norm epsilon", config.normEpsilon());
    positive(file, "rope theta", config.ropeTheta());
    for (Weight weight : Weight.values()) {
      require(
          file,
          weight.elements(config) <= ARRAY,
          weight.llamaName(0) + " has more than " + ARRAY + " elements");
    }
    return config;
  }

  /** Heads must share {@code dim} evenly where the format does not say how wide one is. */
  static int headSize(Path file, int dim, int heads) {
    within(file, "heads", heads, COUNT);
    require(file, dim % heads == 0, "heads %d does not divide dim %d".formatted(heads, dim));
    return dim / heads;
  }

  private static void within(Path file, String what, int value, int most) {
    require(
        file,
        value >= 1 && value <= most,
        "%s %d is not within 1 to %d".formatted(what, value, most));
  }

  private static void positive(Path file, String what, double value) {
    require(file, value > 0 && Double.isFinite(value), what + " " + value + " is not above zero");
  }

  private static void require(Path file, boolean holds, String otherwise) {
    if (!holds) {
      throw new Refusal(file + ": " + otherwise, "the file is damaged, or not a Llama checkpoint");
    }
  }
}

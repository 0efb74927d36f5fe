package dunlin.host.quantise;

import dunlin.host.model.EncoderConfig;

/**
 * Where a layer's query and key weights are folded into one matrix of each head, W* = Wq · Wkᵀ
 * (papers.md, B: fused-weight self-attention). Letters are {@link EncoderConfig}'s.
 */
public enum Fusing {
  /** Nowhere. */
  NEVER,
  /** Where attention takes fewer multiply-accumulates so. */
  FASTER,
  /** Where attention has fewer weights so. */
  SMALLER,
  /** Everywhere. */
  ALWAYS;

  /** Whether to fold the layers of such a model. */
  public boolean of(EncoderConfig config) {
    if (config.dim() % 4 != 0 || config.bottleneck().isPresent()) {
      return false; // the kernel reads whole words; a bottleneck is folded into each already
    }
    return switch (this) {
      case NEVER -> false;
      case FASTER -> macs(config, true) < macs(config, false);
      case SMALLER -> weights(config, true) < weights(config, false);
      case ALWAYS -> true;
    };
  }

  /** Multiply-accumulates from the input to the scores of a layer. */
  public static long macs(EncoderConfig config, boolean fused) {
    long tokens = config.context();
    long scores = tokens * tokens * (fused ? config.dim() : config.headSize());
    return config.heads() * scores + tokens * weights(config, fused);
  }

  /** Query and key weights of a layer. */
  public static long weights(EncoderConfig config, boolean fused) {
    long head = fused ? config.dim() : 2L * config.headSize();
    return head * config.heads() * config.dim();
  }
}

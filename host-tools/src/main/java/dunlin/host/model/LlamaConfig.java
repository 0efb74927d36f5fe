package dunlin.host.model;

/**
 * The shape of a Llama-architecture decoder.
 *
 * @param dim E, width of the residual stream
 * @param hidden F, columns of the feed-forward
 * @param layers L, blocks
 * @param heads H, query heads
 * @param kvHeads KV groups; divides {@code heads}
 * @param headSize P, even; heads × headSize is often, not always, {@code dim}
 * @param vocabulary V, tokens
 * @param context S, positions the model was trained for
 * @param normEpsilon added to the mean square in RMSNorm
 * @param ropeTheta base of the rotary frequencies
 */
public record LlamaConfig(
    int dim,
    int hidden,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    int vocabulary,
    int context,
    double normEpsilon,
    double ropeTheta)
    implements TransformerShape {}

package dunlin.host.run;

import java.util.List;

/**
 * What a pass gave.
 *
 * @param token the token picked; -1 where none was asked for
 * @param value its logit, Q16, noise included
 * @param logits int32 Q16, [rows × V], or [V] for the last row, or empty where not asked for
 * @param taps what each tap showed, by number; empty without taps
 */
public record PassResult(int token, int value, int[] logits, List<byte[]> taps) {}

package dunlin.host.flock;

/**
 * What an encoder made of an input, before labels.
 *
 * @param logits natural-log units, one for each label; where the model labels every token, for each
 *     of the first token, then of the next; not copied
 * @param best the likeliest label, of the last token
 * @param effort what it took
 */
public record Reading(double[] logits, int best, Effort effort) {}

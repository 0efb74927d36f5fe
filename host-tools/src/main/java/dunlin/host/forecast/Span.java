package dunlin.host.forecast;

import dunlin.host.time.Phase;

/**
 * A time in which a node is busy.
 *
 * @param op the number of the op in the node's program; -1 for what is between passes
 * @param phase with what
 * @param from nanoseconds after the pass began
 * @param nanos how long
 */
public record Span(int op, Phase phase, long from, long nanos) {}

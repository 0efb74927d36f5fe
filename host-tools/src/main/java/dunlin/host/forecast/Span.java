package dunlin.host.forecast;

/**
 * A time in which a node is busy.
 *
 * @param op the number of the op in the node's program; -1 for what is between passes
 * @param moves whether with bytes of links; else the op computes
 * @param from nanoseconds after the pass began
 * @param nanos how long
 */
public record Span(int op, boolean moves, long from, long nanos) {}

package dunlin.host.plan;

import dunlin.boards.BoardType;
import dunlin.boards.BoardType.Weights;

/**
 * One node of a plan.
 *
 * @param board the type of its board
 * @param weights layout of its weights
 * @param shard what it holds
 */
public record Member(BoardType board, Weights weights, Shard shard) {}

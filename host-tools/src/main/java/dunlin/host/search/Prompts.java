package dunlin.host.search;

import dunlin.firmware.Request;
import dunlin.host.search.Outcome.Chunk;
import dunlin.host.search.Outcome.Tried;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** In which chunks a flock takes prompts best. */
final class Prompts {
  /** Of what a prompt took, what it must take at most for a larger chunk to be worth its RAM. */
  private static final double WORTHWHILE = 0.99;

  private final Rehearsals rehearsals;
  private final ToDoubleFunction<Chunk> cost;

  Prompts(Rehearsals rehearsals, Objective objective) {
    this.rehearsals = rehearsals;
    cost = objective == Objective.ENERGY ? Chunk::microjoules : Chunk::nanos;
  }

  /**
   * The flock's chunks and twice as large ones, as long as prompts take less and tokens that are
   * written no more.
   *
   * @param fixed whether only the flock's own are wanted
   */
  List<Chunk> chunks(Tried flock, boolean fixed) {
    List<Chunk> chunks = new ArrayList<>();
    double enough = Double.POSITIVE_INFINITY;
    int largest = fixed ? flock.flock().chunk() : Request.MAX_ROWS;
    for (int rows = flock.flock().chunk(); rows <= largest; rows *= 2) {
      Optional<Chunk> chunk = rehearsals.chunk(flock.flock().withChunk(rows), flock);
      chunk.ifPresent(chunks::add);
      if (chunk.isEmpty() || cost.applyAsDouble(chunk.get()) > enough) {
        break;
      }
      enough = WORTHWHILE * cost.applyAsDouble(chunk.get());
    }
    return chunks;
  }

  /** The flock with the best of these chunks. */
  Tried best(Tried flock, List<Chunk> chunks) {
    int rows =
        chunks.stream()
            .min(Comparator.comparingDouble(cost))
            .map(Chunk::rows)
            .orElse(flock.flock().chunk());
    return rows == flock.flock().chunk()
        ? flock
        : rehearsals.rehearsed(flock.flock().withChunk(rows));
  }
}

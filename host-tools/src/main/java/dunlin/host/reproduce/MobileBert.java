package dunlin.host.reproduce;

import dunlin.boards.Performance;
import java.util.List;

/**
 * The encoder of the paper, a block of E = 512, F = 512, 4 heads and 268 tokens, in closed form:
 * what its two figures mean if four chips, which hold a block, compute and do nothing else, and one
 * fetches its weights again for every tile of rows. {@link EncoderFigures} has the flocks.
 */
final class MobileBert {
  /** On four chips. */
  static final double PUBLISHED_MILLIS = 38.8;

  /** Of four chips. */
  static final double PUBLISHED_SPEEDUP = 4.7;

  private static final int CHIPS = 4;

  /** Four projections and two layers of the feed-forward. */
  private static final double WEIGHTS = 4 * 512 * 512 + 2 * 512 * 512;

  private static final double TOKENS = 268;
  private static final double WIDTH = 512;

  /** How often one chip fetches its weights: fitted on the speed-up. About once in 53 rows. */
  private static final double REREADS = 5.04;

  /** Cycles of the cluster for a multiply-accumulate: fitted on the latency of 4 chips. */
  private static final double CYCLES = 0.1567;

  private MobileBert() {}

  static List<Figure> figures() {
    Performance chip = Accounting.PAPER.board().performance();
    double macs = TOKENS * WEIGHTS + 2 * TOKENS * TOKENS * WIDTH;
    double compute = 1e3 * CYCLES * macs / chip.hertz();
    double fetch = 1e3 * REREADS * WEIGHTS / chip.offChip().bytesPerSecond();
    double four = compute / CHIPS;
    String of = "MobileBERT, a block, closed form: ";
    return List.of(
        Figure.closed(of + "latency, ms", CHIPS, PUBLISHED_MILLIS, four, Basis.FITTED),
        Figure.closed(
            of + "speed-up", CHIPS, PUBLISHED_SPEEDUP, (compute + fetch) / four, Basis.FITTED),
        Figure.closed(of + "off-chip reads of each weight", 1, null, REREADS, Basis.FITTED));
  }
}

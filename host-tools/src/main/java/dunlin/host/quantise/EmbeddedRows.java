package dunlin.host.quantise;

import dunlin.host.model.Matrix;
import dunlin.host.quantise.QuantisedEncoder.Embedded;

/**
 * Rows that are added to an encoder's stream, before that has its fixed point.
 *
 * @param multipliers of {@link Embedded}
 */
record EmbeddedRows(Rounding.Rows rows, Rounding.Multipliers multipliers) {
  /** What is shifted so far right is 0 however much further it should go. */
  private static final int DEAD_SHIFT = 31;

  static EmbeddedRows of(String name, Matrix rows) {
    Rounding.Rows rounded = Rounding.rows(name, rows);
    return new EmbeddedRows(rounded, Rounding.multipliers(rounded.scales()));
  }

  /** The most fraction bits that leave the shift to the right at least 1. */
  int mostFraction() {
    return -9 - multipliers.exponent();
  }

  /** The rows for a stream with so many fraction bits. */
  Embedded at(int fraction) {
    int right = Math.min(-8 - multipliers.exponent() - fraction, DEAD_SHIFT);
    return new Embedded(rows.matrix(), multipliers.values(), right);
  }
}

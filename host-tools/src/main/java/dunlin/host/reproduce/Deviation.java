package dunlin.host.reproduce;

import dunlin.host.plan.Schedule;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a figure of Dunlin's is not the paper's; docs/papers.md says it in the same words. */
public enum Deviation {
  /** Fewer of the serial parts wait for each other. */
  FASTER(
      "Sums leave in parts, which links carry while cores compute the next, frames flow over all"
          + " links at once, and the root holds a little less than the others.") {
    @Override
    boolean explains(Figure figure) {
      return figure.schedule() == Schedule.OVERLAPPED;
    }
  },
  /** Energy, and what is computed from it. */
  ENERGY(
      "Eight chips must fetch the same 3.19 MB and compute as many cycles as one, and send 41 KB"
          + " besides. The paper's eight take 0.027 mJ less than its one; its model is not public"
          + " enough to tell why.") {
    @Override
    boolean explains(Figure figure) {
      return figure.chips() == 8 && figure.figure().contains("energy");
    }
  },
  /** The prediction. */
  SCALED(
      "All eight blocks lie in L2, 0.05 ms of compute are left, and the serial work and the three"
          + " levels of the tree are the rest.") {
    @Override
    boolean explains(Figure figure) {
      return figure.chips() == 64;
    }
  },
  /** Many rows at a time. */
  PROMPT(
      "What one row takes beyond its counted work is taken once for all 16 rows: how a cluster"
          + " shares rows among its cores, the paper does not say.") {
    @Override
    boolean explains(Figure figure) {
      return figure.figure().contains("prompt");
    }
  },
  /** An encoder, all rows at a time. */
  MOBILE_BERT(
      "Nothing was fitted to MobileBERT: a multiply-accumulate costs what others measured on GAP8,"
          + " and all else an M4's instructions, shared by eight cores. One chip has room for all"
          + " 268 rows here, and fetches each weight once; the paper's takes 68 ms more, and must"
          + " fetch them again and again, so its four chips gain more.") {
    @Override
    boolean explains(Figure figure) {
      return figure.figure().contains("MobileBERT");
    }
  };

  private static final double ROUNDING = 0.005;

  private final String why;

  Deviation(String why) {
    this.why = why;
  }

  /** For people. */
  public String why() {
    return why;
  }

  abstract boolean explains(Figure figure);

  /** Of a figure that the paper has, and that is another by more than its digits say. */
  public static Optional<Deviation> of(Figure figure) {
    return figure.ratio() == null || Math.abs(figure.ratio() - 1) <= ROUNDING
        ? Optional.empty()
        : Stream.of(values()).filter(deviation -> deviation.explains(figure)).findFirst();
  }
}

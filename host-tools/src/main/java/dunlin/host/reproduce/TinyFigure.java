package dunlin.host.reproduce;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A figure of encoders, the paper's and Dunlin's.
 *
 * @param figure what is looked at, a colon, quantity and unit
 * @param setting of which network, and how
 * @param paper the paper's, or what follows from it; null where it has none
 * @param dunlin Dunlin's; null where the paper's stands for itself
 * @param ratio of Dunlin's to the paper's; null without either
 * @param basis what the comparison stands on
 */
@JsonPropertyOrder({
  "figure",
  "network",
  "weights",
  "board",
  "heads",
  "queryRows",
  "hiddenRows",
  "paper",
  "dunlin",
  "ratio",
  "basis"
})
public record TinyFigure(
    String figure,
    @JsonUnwrapped TinySetting setting,
    Double paper,
    Double dunlin,
    Double ratio,
    Basis basis) {

  /** A figure of Dunlin's, beside the paper's where it has one. */
  static TinyFigure of(
      String figure, TinySetting setting, Double paper, double dunlin, Basis basis) {
    Double ratio = paper == null ? null : dunlin / paper;
    return new TinyFigure(figure, setting, paper, dunlin, ratio, basis);
  }

  /** A figure of Dunlin's, counted, that the paper does not have. */
  static TinyFigure counted(String figure, TinySetting setting, double dunlin) {
    return of(figure, setting, null, dunlin, Basis.COUNTED);
  }

  /** Bytes or instructions of Dunlin's that the paper does not have. */
  static TinyFigure counted(String figure, TinySetting setting, long dunlin) {
    return counted(figure, setting, (double) dunlin);
  }

  /** A figure of the paper's hardware. */
  static TinyFigure published(String figure, TinySetting setting, double paper) {
    return new TinyFigure(figure, setting, paper, null, null, Basis.PUBLISHED);
  }
}

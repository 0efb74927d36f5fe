package dunlin.host.reproduce;

import com.fasterxml.jackson.annotation.JsonValue;
import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;

/** What counts as time and energy. */
public enum Accounting {
  /**
   * The paper's: weights that are fetched while cores compute take energy and no time, cores that
   * wait take no energy, messages need no set-up.
   */
  PAPER("P") {
    @Override
    BoardType board() {
      BoardType chip = BoardTypes.named(CHIP);
      return chip.withoutLinkSetup().with(chip.performance().withFreePrefetch().withoutIdlePower());
    }
  },
  /** All that the chip's data say. */
  HONEST("H") {
    @Override
    BoardType board() {
      return BoardTypes.named(CHIP);
    }
  };

  private static final String CHIP = "siracusa";

  private final String letter;

  Accounting(String letter) {
    this.letter = letter;
  }

  /** The chip, so counted. */
  abstract BoardType board();

  /** As reports have it. */
  @JsonValue
  @Override
  public String toString() {
    return letter;
  }
}

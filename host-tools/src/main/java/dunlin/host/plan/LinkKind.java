package dunlin.host.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import dunlin.boards.BoardType;
import java.util.Locale;

/** By what nodes are linked; the console is a UART in any case. */
public enum LinkKind {
  /** The UARTs after the console's. */
  UART {
    @Override
    int firstPort(BoardType board) {
      return 1;
    }

    @Override
    int ports(BoardType board) {
      return board.uart().count() - 1;
    }
  },
  /** SPI ports; the parent is the master. */
  SPI {
    @Override
    int firstPort(BoardType board) {
      return board.uart().count();
    }

    @Override
    int ports(BoardType board) {
      return board.spi().count();
    }
  };

  /** The number of a board's first port for links. */
  abstract int firstPort(BoardType board);

  /** How many ports a board has for links. */
  abstract int ports(BoardType board);

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

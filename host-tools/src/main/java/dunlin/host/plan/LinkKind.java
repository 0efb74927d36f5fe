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

    @Override
    public int receiveQueue(BoardType board) {
      return board.uart().receiveQueue();
    }

    @Override
    public double bytesPerSecond(BoardType board) {
      return board.uart().bytesPerSecond();
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

    @Override
    public int receiveQueue(BoardType board) {
      return board.spi().receiveQueue();
    }

    @Override
    public double bytesPerSecond(BoardType board) {
      return board.spi().hertz() / 8.0;
    }
  };

  /** The number of a board's first port for links. */
  abstract int firstPort(BoardType board);

  /** How many ports a board has for links. */
  abstract int ports(BoardType board);

  /** Bytes that a port holds until they are read. */
  public abstract int receiveQueue(BoardType board);

  /** How fast a link is while it carries data: headers, filler and gaps of SPI are left out. */
  public abstract double bytesPerSecond(BoardType board);

  /** As people write it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dunlin.boards.bench;

/**
 * What a node's peers sent, as the host recorded it: pairs of a port and a byte. Before them two
 * pairs say how a UART shows a byte: {offset of its status register, what that reads}, {offset of
 * its data register, 0}.
 */
public final class Tape {
  /** In the place of a port: from here on what the node executes is measured. */
  public static final int MEASURE = 0xff;

  private final byte[] pair = new byte[2];

  Tape() {}

  /** Goes on to the next pair; false at the end. */
  boolean next() {
    return Debugger.read(pair) == 0;
  }

  int first() {
    return pair[0] & 0xff;
  }

  int second() {
    return pair[1] & 0xff;
  }
}

package dunlin.boards.cortexm;

/**
 * What a board's file says, as the words that firmware finds in its flash. The build writes them,
 * the drivers read them: one firmware source for every board of a chip family.
 *
 * <pre>
 *  0 core clock, Hz              1 crystal, Hz
 *  2 bytes of receive queue      3 bytes of transmit queue      4 baud
 *  5 bytes of RAM for a node
 *  6 number of UARTs             7 … {@link #PORT_WORDS} words for each of them:
 *
 *  0 base address
 *  1 number of its interrupt
 *  2 RCC register that turns its clock on (offset)   3 bit in it
 *  4 core cycles in a cycle of its clock
 *  5 transmit pin      6 receive pin      7 their alternate function
 *  8 number of the sender's interrupt: the same, or its own
 * </pre>
 *
 * A pin is port · 16 + bit: PB6 is 22.
 */
public final class Settings {
  /** Core clock in Hz. */
  public static final int CORE_HERTZ = 0;

  /** Crystal in Hz. */
  public static final int CRYSTAL_HERTZ = 1;

  /** Bytes of a UART's receive queue. */
  public static final int RECEIVE_QUEUE = 2;

  /** Bytes of a UART's transmit queue. */
  public static final int TRANSMIT_QUEUE = 3;

  /** Bits a second of every UART. */
  public static final int BAUD = 4;

  /** Bytes of RAM for a node's buffers. */
  public static final int RAM = 5;

  /** Number of UARTs. */
  public static final int PORTS = 6;

  /** The first UART. */
  public static final int FIRST_PORT = 7;

  /** Words of a UART. */
  public static final int PORT_WORDS = 9;

  /** Base address. */
  public static final int BASE = 0;

  /** Number of the interrupt. */
  public static final int INTERRUPT = 1;

  /** Offset of the RCC register that turns the clock on. */
  public static final int CLOCK_REGISTER = 2;

  /** Bit in that register. */
  public static final int CLOCK_BIT = 3;

  /** Core cycles in a cycle of the UART's clock. */
  public static final int CLOCK_DIVIDER = 4;

  /** Transmit pin. */
  public static final int TRANSMIT_PIN = 5;

  /** Receive pin. */
  public static final int RECEIVE_PIN = 6;

  /** Alternate function of both pins. */
  public static final int ALTERNATE_FUNCTION = 7;

  /** Number of the sender's interrupt. */
  public static final int SEND_INTERRUPT = 8;

  private Settings() {}

  /** Where UART {@code port} starts. */
  public static int port(int port) {
    return FIRST_PORT + port * PORT_WORDS;
  }
}

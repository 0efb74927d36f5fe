package dunlin.boards.cortexm;

/**
 * What a board's file says, as the words that firmware finds in its flash. The build writes them,
 * the drivers read them: one firmware source for every board of a chip family.
 *
 * <pre>
 *  0 core clock, Hz              1 external oscillator, Hz      2 1: that is a clock, no crystal
 *  3 UART: bytes of receive queue      4 of transmit queue      5 baud
 *  6 SPI: bytes of receive queue       7 of transmit queue      8 gap in microseconds
 *  9 type of board, {@link dunlin.hal.Board#type}
 * 10 number of RAM regions for a node
 * 11 … 18 address and bytes of each; address 0: behind the firmware's statics
 * 19 number of UARTs            20 number of SPI ports
 * 21 … {@link #PORT_WORDS} words for each UART, then {@link #SPI_WORDS} for each SPI port:
 *
 *  0 base address
 *  1 number of its interrupt
 *  2 RCC register that turns its clock on (offset)   3 bit in it
 *  4 core cycles in a cycle of its clock
 *  5 alternate function of its pins
 *  6 UART: transmit pin     7 receive pin    8 number of the sender's interrupt: the same, or its own
 *
 *  6 SPI: clock pin    7 pin from slave to master    8 pin from master to slave
 *  9 prescaler: its clock is divided by 2^(1 + this)
 * 10 select pin   11 number of its interrupt
 * 12 ready pin    13 number of its interrupt
 * 14 DMA controller, base address; 0: none      15 bit that turns it on
 * 16 its lane for receiving      17 for sending      18 the number of their request
 * </pre>
 *
 * A pin is port · 16 + bit: PB6 is 22.
 */
public final class Settings {
  /** Core clock in Hz. */
  public static final int CORE_HERTZ = 0;

  /** External oscillator in Hz. */
  public static final int EXTERNAL_HERTZ = 1;

  /** Whether that oscillator is a clock that comes in, and no crystal. */
  public static final int EXTERNAL_CLOCK = 2;

  /** Bytes of a UART's receive queue. */
  public static final int RECEIVE_QUEUE = 3;

  /** Bytes of a UART's transmit queue. */
  public static final int TRANSMIT_QUEUE = 4;

  /** Bits a second of every UART. */
  public static final int BAUD = 5;

  /** Bytes of an SPI port's receive queue. */
  public static final int SPI_RECEIVE_QUEUE = 6;

  /** Bytes of an SPI port's transmit queue. */
  public static final int SPI_TRANSMIT_QUEUE = 7;

  /** Microseconds from select to the first bit. */
  public static final int SPI_GAP = 8;

  /** Type of board. */
  public static final int TYPE = 9;

  /** Number of RAM regions for a node. */
  public static final int REGIONS = 10;

  /** The most regions there can be. */
  public static final int MOST_REGIONS = 4;

  /** Number of UARTs. */
  public static final int PORTS = 19;

  /** Number of SPI ports. */
  public static final int SPIS = 20;

  /** Words of a UART. */
  public static final int PORT_WORDS = 9;

  /** Words of an SPI port. */
  public static final int SPI_WORDS = 19;

  /** Base address. */
  public static final int BASE = 0;

  /** Number of the interrupt. */
  public static final int INTERRUPT = 1;

  /** Offset of the RCC register that turns the clock on. */
  public static final int CLOCK_REGISTER = 2;

  /** Bit in that register. */
  public static final int CLOCK_BIT = 3;

  /** Core cycles in a cycle of the port's clock. */
  public static final int CLOCK_DIVIDER = 4;

  /** Alternate function of the pins. */
  public static final int ALTERNATE_FUNCTION = 5;

  /** Transmit pin of a UART. */
  public static final int TRANSMIT_PIN = 6;

  /** Receive pin of a UART. */
  public static final int RECEIVE_PIN = 7;

  /** Number of the interrupt of a UART's sender. */
  public static final int SEND_INTERRUPT = 8;

  /** Clock pin of an SPI port. */
  public static final int SPI_CLOCK_PIN = 6;

  /** Pin from slave to master. */
  public static final int SPI_MISO_PIN = 7;

  /** Pin from master to slave. */
  public static final int SPI_MOSI_PIN = 8;

  /** Prescaler. */
  public static final int SPI_PRESCALER = 9;

  /** Select pin. */
  public static final int SELECT_PIN = 10;

  /** Number of the select pin's interrupt. */
  public static final int SELECT_INTERRUPT = 11;

  /** Ready pin. */
  public static final int READY_PIN = 12;

  /** Number of the ready pin's interrupt. */
  public static final int READY_INTERRUPT = 13;

  /** Base address of the DMA controller. */
  public static final int DMA_BASE = 14;

  /** Bit that turns the DMA controller on. */
  public static final int DMA_BIT = 15;

  /** The DMA controller's lane for receiving. */
  public static final int DMA_RECEIVE = 16;

  /** The DMA controller's lane for sending. */
  public static final int DMA_TRANSMIT = 17;

  /** The number of the lanes' request. */
  public static final int DMA_REQUEST = 18;

  private static final int FIRST_REGION = 11;
  private static final int FIRST_PORT = 21;

  private Settings() {}

  /** Where the address of RAM region {@code region} is; its bytes come next. */
  public static int region(int region) {
    return FIRST_REGION + (region << 1);
  }

  /** Where UART {@code port} starts. */
  public static int port(int port) {
    return FIRST_PORT + port * PORT_WORDS;
  }

  /** Where SPI port {@code index} starts, on a board with so many UARTs. */
  public static int spi(int uarts, int index) {
    return port(uarts) + index * SPI_WORDS;
  }
}

package dunlin.hal;

/** All that a node may use of the board it runs on. */
public interface Board {
  /** Board time. */
  Clock clock();

  /** Where the node's image lies. */
  Flash flash();

  /** Watchdog. */
  Watchdog watchdog();

  /** Pins. */
  Gpio gpio();

  /** Resets the board, after the machine's step at the latest. */
  void reset();

  /** How many ports there are: first the UARTs, then the SPI ports. Port 0 is the console. */
  int ports();

  /** Port {@code index}, 0 to {@link #ports} - 1; null where it has not been opened. */
  Port port(int index);

  /**
   * Takes port {@code index} into use; called in {@link Firmware#boot} only, once for each port
   * that is wired, the console last.
   *
   * @param master on an SPI port, whether this end clocks the transfers
   */
  Port open(int index, boolean master);

  /**
   * The ports by which a host may reach a board that does not know its place in a flock, a bit
   * each: the console, and where a wiring has the parent, the first UART after it and the first SPI
   * port.
   */
  int hostPorts();

  /** How many RAM regions a node may reserve from. */
  int ramRegions();

  /**
   * Reserves RAM until the next reset; called in {@link Firmware#boot} only.
   *
   * @param region 0 to {@link #ramRegions} - 1
   * @param bytes how many
   * @return zeroed memory, or null where there is no such region or it has less
   */
  byte[] reserve(int region, int bytes);

  /** The type of board, 16 bits; an image is for one type. */
  int type();

  /** The MCU's unique identifier, word {@code index} of 3 (STM32: 96 bits). */
  int uid(int index);
}

package dunlin.hal.emulated;

import java.util.List;

/**
 * What an emulated board has.
 *
 * @param name in reports and errors; unique in an emulation
 * @param flash the part of the flash that holds the image
 * @param ram bytes of each RAM region
 * @param uarts UART 0 is the console link to the host
 * @param spis SPI ports; they are numbered after the UARTs
 * @param pins how many GPIO pins
 * @param watchdogNanos the board is reset when so much time passes without a feed; 0 is "no
 *     watchdog"
 * @param uid the MCU's unique identifier: 3 words
 * @param type of the board, 16 bits
 */
public record BoardSpec(
    String name,
    FlashSpec flash,
    List<Integer> ram,
    List<UartSpec> uarts,
    List<SpiSpec> spis,
    int pins,
    long watchdogNanos,
    List<Integer> uid,
    int type) {

  /**
   * Flash geometry and timing.
   *
   * @param bytes a multiple of sectorBytes
   * @param programUnit bytes: what is programmed at once
   * @param sectorBytes what is erased at once, a multiple of programUnit
   * @param programNanos for one unit
   * @param eraseNanos for one sector
   */
  public record FlashSpec(
      int bytes, int programUnit, int sectorBytes, long programNanos, long eraseNanos) {
    /** Checks the geometry. */
    public FlashSpec {
      require(programUnit > 0, "flash: program unit of " + programUnit + " bytes");
      require(
          sectorBytes > 0 && sectorBytes % programUnit == 0,
          "flash: a sector of " + sectorBytes + " bytes is not whole units of " + programUnit);
      require(
          bytes >= 0 && bytes % sectorBytes == 0,
          "flash: " + bytes + " bytes are not whole sectors of " + sectorBytes);
      require(programNanos >= 0 && eraseNanos >= 0, "flash: negative time");
    }
  }

  /**
   * One UART.
   *
   * @param receiveQueue bytes
   * @param transmitQueue bytes
   * @param baud bits a second
   * @param bits of a byte on the line: 10 without a parity bit, 11 with one; 1 where a line is so
   *     wide that it carries a byte at a time
   * @param setupNanos from a write to an idle line to its first bit
   */
  public record UartSpec(int receiveQueue, int transmitQueue, int baud, int bits, long setupNanos) {
    /** Checks the sizes. */
    public UartSpec {
      require(receiveQueue > 0 && transmitQueue > 0, "UART: an empty queue");
      require(baud > 0, "UART: " + baud + " baud");
      require(bits > 0, "UART: " + bits + " bits a byte");
      require(setupNanos >= 0, "UART: a set-up of " + setupNanos + " ns");
    }

    /** That begins at once. */
    public UartSpec(int receiveQueue, int transmitQueue, int baud, int bits) {
      this(receiveQueue, transmitQueue, baud, bits, 0);
    }

    /** Without a parity bit. */
    public UartSpec(int receiveQueue, int transmitQueue, int baud) {
      this(receiveQueue, transmitQueue, baud, 10);
    }
  }

  /**
   * One SPI port.
   *
   * @param receiveQueue bytes
   * @param transmitQueue bytes
   * @param hertz bits a second, at most
   * @param gapNanos what it needs, as a slave, from chip select to the first bit
   */
  public record SpiSpec(int receiveQueue, int transmitQueue, int hertz, long gapNanos) {
    /** Checks the sizes. */
    public SpiSpec {
      require(receiveQueue > 0 && transmitQueue > 0, "SPI: an empty queue");
      require(hertz > 0, "SPI: a clock of " + hertz + " Hz");
      require(gapNanos >= 0, "SPI: a gap of " + gapNanos + " ns");
    }
  }

  /** Checks the sizes. */
  public BoardSpec {
    ram = List.copyOf(ram);
    uarts = List.copyOf(uarts);
    spis = List.copyOf(spis);
    uid = List.copyOf(uid);
    require(ram.stream().allMatch(bytes -> bytes >= 0), name + ": RAM of negative size");
    require(pins >= 0, name + ": " + pins + " pins");
    require(watchdogNanos >= 0, name + ": a negative watchdog period");
    require(uid.size() == 3, name + ": a UID of " + uid.size() + " words, not 3");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

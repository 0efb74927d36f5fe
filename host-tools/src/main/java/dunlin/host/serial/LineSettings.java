package dunlin.host.serial;

/**
 * How bytes travel on a serial line; no flow control.
 *
 * @param baud bits a second
 * @param dataBits 5 to 8
 * @param parity check bit
 * @param stopBits 1 or 2
 */
public record LineSettings(int baud, int dataBits, Parity parity, int stopBits) {

  /** What a check bit says. */
  public enum Parity {
    /** There is none. */
    NONE,
    /** The number of ones, its own included, is even. */
    EVEN,
    /** The number of ones, its own included, is odd. */
    ODD
  }

  /** Checks the values. */
  public LineSettings {
    if (baud <= 0 || dataBits < 5 || dataBits > 8 || stopBits < 1 || stopBits > 2) {
      throw new IllegalArgumentException(baud + " baud, " + dataBits + " + " + stopBits + " bits");
    }
  }

  /** Eight data bits, no parity, one stop bit: a node's console. */
  public static LineSettings of8N1(int baud) {
    return new LineSettings(baud, 8, Parity.NONE, 1);
  }

  /** Eight data bits, even parity, one stop bit: the ROM bootloader of an STM32. */
  public static LineSettings of8E1(int baud) {
    return new LineSettings(baud, 8, Parity.EVEN, 1);
  }

  /** These settings without a parity bit. */
  LineSettings withoutParity() {
    return new LineSettings(baud, dataBits, Parity.NONE, stopBits);
  }

  /** Bits on the line for a byte: start, data, parity and stop. */
  public int bitsPerByte() {
    return 1 + dataBits + (parity == Parity.NONE ? 0 : 1) + stopBits;
  }

  /** {@code 115200 8E1}. */
  @Override
  public String toString() {
    return baud + " " + dataBits + parity.name().charAt(0) + stopBits;
  }
}

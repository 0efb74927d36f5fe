package dunlin.boards.microej;

import dunlin.firmware.Frame;
import dunlin.hal.Port;
import dunlin.hal.SpiTransfer;
import dunlin.kernels.Copy;

/**
 * The master's end of an SPI link. A transfer is one native call, so it takes place between two
 * steps of the node and not beside them. A slave must answer at any time: {@link Uart}.
 */
final class Spi implements Port {
  /** There was no transfer. */
  private static final int NONE = -2;

  private static final int CAPACITY = Frame.WINDOW * SpiTransfer.MAX_BYTES;

  private final int number;
  private final byte[] waiting = new byte[SpiTransfer.MAX_BYTES];
  private final byte[] received = new byte[CAPACITY];
  private final byte[] in = new byte[SpiTransfer.MAX_BYTES];

  /** Bytes that wait for the next transfer. */
  private int toSend;

  /** Bytes that have come and were not read. */
  private int held;

  private int errors;

  /** The master of SPI port {@code number}, counted from 0. */
  Spi(int number) {
    this.number = number;
  }

  /** Makes a transfer where there is anything to send or to fetch; whether there was. */
  boolean exchange() {
    boolean room = held <= CAPACITY - SpiTransfer.MAX_BYTES;
    int count = room ? transfer(number, waiting, toSend, in) : NONE;
    if (count == NONE) {
      return false;
    }
    toSend = 0;
    if (count < 0) {
      errors++;
    } else {
      Copy.bytes(in, 0, received, held, count);
      held += count;
    }
    return true;
  }

  @Override
  public int available() {
    return held;
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    int count = Math.min(max, held);
    Copy.bytes(received, 0, into, offset, count);
    held -= count;
    for (int i = 0; i < held; i++) {
      received[i] = received[count + i];
    }
    return count;
  }

  @Override
  public int writable() {
    return waiting.length - toSend;
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    int taken = Math.min(count, writable());
    Copy.bytes(from, offset, waiting, toSend, taken);
    toSend += taken;
    return taken;
  }

  @Override
  public int errors() {
    return errors;
  }

  /**
   * One {@link SpiTransfer}, where there is anything to send or the slave's ready line is high.
   *
   * @param count bytes of {@code out} that are sent
   * @param in the bytes that come
   * @return how many; -1 where the slave's header is none; {@link #NONE} without a transfer
   */
  private static native int transfer(int spi, byte[] out, int count, byte[] in);
}

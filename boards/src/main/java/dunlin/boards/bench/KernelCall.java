package dunlin.boards.bench;

import dunlin.firmware.Crc32;
import dunlin.firmware.SingleOps;
import dunlin.kernels.Dsp;

/**
 * A call of a kernel as the host wrote it down, run alike on the desktop and on a board:
 *
 * <pre>
 *  0 offset of the first op     4 offset behind the last
 *  8 position                  12 rows
 * 16 bytes of RAM
 * 20 … weights, tables, records ({@link dunlin.firmware.Op})
 * </pre>
 *
 * A buffer in region 0 lies here, one in region 1 in the RAM.
 */
public final class KernelCall {
  /** Offset of the first op. */
  public static final int FIRST = 0;

  /** Offset behind the last op. */
  public static final int END = 4;

  /** Position. */
  public static final int POSITION = 8;

  /** Rows. */
  public static final int ROWS = 12;

  /** Bytes of RAM, a multiple of four. */
  public static final int RAM = 16;

  /** Size of what stands above. */
  public static final int HEADER_BYTES = 20;

  private final byte[] image;
  private final byte[] ram;
  private final SingleOps ops;
  private final int first;
  private final int end;

  /** The call of an image, on RAM of the size that it asks for. */
  public KernelCall(byte[] image, byte[] ram) {
    this.image = image;
    this.ram = ram;
    first = Dsp.load32(image, FIRST);
    end = Dsp.load32(image, END);
    ops = new SingleOps(image, ram);
    ops.begin(Dsp.load32(image, POSITION), Dsp.load32(image, ROWS));
    reset();
  }

  /** Fills the RAM with numbers below 2^27 that only look random (Numerical Recipes, 7.1). */
  public void reset() {
    int state = 1;
    for (int at = 0; at < ram.length; at += 4) {
      state = state * 1664525 + 1013904223;
      Dsp.store32(ram, at, state >> 4);
    }
  }

  /** Runs it. */
  public void run() {
    for (int op = first; op < end; ) {
      int head = Dsp.load32(image, op);
      ops.execute(head & 0xff, op);
      op += head >>> 8;
    }
  }

  /** The CRC-32 of the RAM. */
  public int checksum() {
    return new Crc32().update(0, ram, 0, ram.length);
  }
}

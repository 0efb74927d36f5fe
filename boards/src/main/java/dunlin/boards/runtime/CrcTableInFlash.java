package dunlin.boards.runtime;

import dunlin.kernels.Unchecked;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/**
 * Takes the place of {@link dunlin.firmware.CrcTable} in firmware: the build has made the table.
 */
@Unchecked
@Include("cortexm.h")
public final class CrcTableInFlash {
  /** The entry of the lowest eight bits. */
  public int of(int octet) {
    return entry(octet);
  }

  @Import(name = "dunlin_crc")
  private static native int entry(int octet);
}

package dunlin.boards.runtime;

import dunlin.kernels.Unchecked;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** Takes the place of {@link dunlin.kernels.CrcTable} in firmware: the build has made the table. */
@Unchecked
@Include("kernels.h")
public final class CrcTableInFlash {
  private CrcTableInFlash() {}

  /** None: the table is in flash. */
  public static int bytes() {
    return 0;
  }

  /** It is made. */
  public static void make(byte[] table) {}

  /** The entry of the lowest eight bits. */
  public static int of(byte[] table, int octet) {
    return entry(octet);
  }

  @Import(name = "dunlin_crc")
  private static native int entry(int octet);
}

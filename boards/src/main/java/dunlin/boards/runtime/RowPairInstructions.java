package dunlin.boards.runtime;

import dunlin.kernels.Unchecked;
import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;

/** {@link dunlin.kernels.RowPair} in firmware: takes its place, and calls rowpair.S. */
@Unchecked
@Include("kernels.h")
public final class RowPairInstructions {
  private RowPairInstructions() {}

  /** Packed weights. */
  public static void packed(
      byte[] w,
      int wAt,
      int blockBytes,
      byte[] x,
      int xAt,
      int groups,
      byte[] y,
      int yAt,
      int rowBytes,
      int outputs) {
    packed(
        element(w, wAt), blockBytes, element(x, xAt), groups, element(y, yAt), rowBytes, outputs);
  }

  /** Weights as rows of their own. */
  public static void plain(
      byte[] w,
      int wAt,
      byte[] x,
      int xAt,
      int groups,
      byte[] y,
      int yAt,
      int rowBytes,
      int outputs) {
    plain(
        element(w, wAt), groups << 2, element(x, xAt), groups, element(y, yAt), rowBytes, outputs);
  }

  private static Address element(byte[] m, int at) {
    return DspInstructions.element(m, at);
  }

  @Unmanaged
  @Import(name = "dunlin_packedPair")
  private static native void packed(
      Address w, int blockBytes, Address x, int groups, Address y, int rowBytes, int outputs);

  @Unmanaged
  @Import(name = "dunlin_plainPair")
  private static native void plain(
      Address w, int stride, Address x, int groups, Address y, int rowBytes, int outputs);
}

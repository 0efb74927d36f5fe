package dunlin.boards.runtime;

import dunlin.kernels.Unchecked;
import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;

/**
 * {@link dunlin.kernels.Helium} in firmware: takes its place, each method a loop over vectors. On a
 * core without Helium the compiler sees that nothing of it is called.
 */
@Unchecked
@Include("kernels.h")
public final class HeliumInstructions {
  private HeliumInstructions() {}

  /** Known to the compiler. */
  @Unmanaged
  @Import(name = "dunlin_hasHelium")
  public static native boolean present();

  /** VLDRB and VMLADAVA.S8. */
  public static void dot8(
      byte[] w, int wAt, byte[] x, int xAt, int inputs, byte[] y, int yAt, int channels) {
    dot8(element(w, wAt), element(x, xAt), inputs, element(y, yAt), channels);
  }

  /** VLDRB that extends signs, VLDRH and VMLADAVA.S16. */
  public static void dot16(
      byte[] w, int wAt, byte[] x, int xAt, int inputs, byte[] y, int yAt, int channels) {
    dot16(element(w, wAt), element(x, xAt), inputs, element(y, yAt), channels);
  }

  private static Address element(byte[] m, int at) {
    return DspInstructions.element(m, at);
  }

  @Unmanaged
  @Import(name = "dunlin_dot8")
  private static native void dot8(Address w, Address x, int inputs, Address y, int channels);

  @Unmanaged
  @Import(name = "dunlin_dot16")
  private static native void dot16(Address w, Address x, int inputs, Address y, int channels);
}

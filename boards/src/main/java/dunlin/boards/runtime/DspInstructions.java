package dunlin.boards.runtime;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;

/**
 * {@link dunlin.kernels.Dsp} for cores with the DSP extension: takes its place in firmware, each
 * method an instruction. Loads and stores take any offset: they become LDR and STR, which allow it,
 * and never LDRD or LDM, which do not.
 */
@Unmanaged
@Include("cortexm.h")
public final class DspInstructions {
  private DspInstructions() {}

  /** LDR. */
  public static int load32(byte[] m, int at) {
    return load32(Address.ofData(m).add(at));
  }

  /** LDRSH. */
  public static int load16(byte[] m, int at) {
    return load16(Address.ofData(m).add(at));
  }

  /** LDRH. */
  public static int loadU16(byte[] m, int at) {
    return load16(Address.ofData(m).add(at)) & 0xffff;
  }

  /** STR. */
  public static void store32(byte[] m, int at, int v) {
    store32(Address.ofData(m).add(at), v);
  }

  /** STRH. */
  public static void store16(byte[] m, int at, int v) {
    store16(Address.ofData(m).add(at), v);
  }

  @Import(name = "dunlin_load32")
  private static native int load32(Address at);

  @Import(name = "dunlin_load16")
  private static native int load16(Address at);

  @Import(name = "dunlin_store32")
  private static native void store32(Address at, int v);

  @Import(name = "dunlin_store16")
  private static native void store16(Address at, int v);

  /** SXTB16. */
  @Import(name = "dunlin_sxtb16")
  public static native int sxtb16(int v);

  /** SXTB16 with ROR #8. */
  @Import(name = "dunlin_sxtb16ror8")
  public static native int sxtb16ror8(int v);

  /** SMLAD. */
  @Import(name = "dunlin_smlad")
  public static native int smlad(int a, int b, int sum);

  /** SMMUL. */
  public static int mulHigh(int a, int b) {
    return (int) ((long) a * b >> 32);
  }

  /** QADD. */
  @Import(name = "dunlin_qadd")
  public static native int addSaturating(int a, int b);

  /** SSAT, where {@code bits} is known to the compiler. */
  public static int saturate(int v, int bits) {
    int max = Integer.MAX_VALUE >> (32 - bits);
    return v > max ? max : v < ~max ? ~max : v;
  }

  /** CLZ. */
  @Import(name = "dunlin_clz")
  public static native int leadingZeros(int v);
}

package dunlin.boards.runtime;

import dunlin.kernels.Unchecked;
import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;

/**
 * {@link dunlin.kernels.Dsp} for cores with the DSP extension: takes its place in firmware, each
 * method an instruction; but neighbouring LDRs become an LDRD where the compiler likes. What is not
 * native must not be marked as unmanaged, or TeaVM does not inline it.
 */
@Unchecked
@Include("kernels.h")
public final class DspInstructions {
  /** Bytes before an array's elements. */
  private static final int HEADER = 12;

  private DspInstructions() {}

  /** Where an element lies. */
  static Address element(byte[] m, int at) {
    return Address.ofObject(m).add(HEADER + at);
  }

  /** LDR. */
  public static int load32(byte[] m, int at) {
    return load32(element(m, at));
  }

  /** LDRD. */
  public static long load64(byte[] m, int at) {
    return load64(element(m, at));
  }

  /** LDRSH. */
  public static int load16(byte[] m, int at) {
    return load16(element(m, at));
  }

  /** LDRH. */
  public static int loadU16(byte[] m, int at) {
    return load16(element(m, at)) & 0xffff;
  }

  /** STR. */
  public static void store32(byte[] m, int at, int v) {
    store32(element(m, at), v);
  }

  /** STRH. */
  public static void store16(byte[] m, int at, int v) {
    store16(element(m, at), v);
  }

  @Unmanaged
  @Import(name = "dunlin_load32")
  private static native int load32(Address at);

  @Unmanaged
  @Import(name = "dunlin_load64")
  private static native long load64(Address at);

  @Unmanaged
  @Import(name = "dunlin_load16")
  private static native int load16(Address at);

  @Unmanaged
  @Import(name = "dunlin_store32")
  private static native void store32(Address at, int v);

  @Unmanaged
  @Import(name = "dunlin_store16")
  private static native void store16(Address at, int v);

  /** SXTB16. */
  @Unmanaged
  @Import(name = "dunlin_sxtb16")
  public static native int sxtb16(int v);

  /** SXTB16 with ROR #8. */
  @Unmanaged
  @Import(name = "dunlin_sxtb16ror8")
  public static native int sxtb16ror8(int v);

  /** SMLAD. */
  @Unmanaged
  @Import(name = "dunlin_smlad")
  public static native int smlad(int a, int b, int sum);

  /** SMMUL. */
  public static int mulHigh(int a, int b) {
    return (int) ((long) a * b >> 32);
  }

  /** QADD. */
  @Unmanaged
  @Import(name = "dunlin_qadd")
  public static native int addSaturating(int a, int b);

  /** SSAT, where {@code bits} is known to the compiler. */
  @Unmanaged
  @Import(name = "dunlin_ssat")
  public static native int saturate(int v, int bits);

  /** USAT, where {@code bits} is known to the compiler. */
  @Unmanaged
  @Import(name = "dunlin_usat")
  public static native int saturateUnsigned(int v, int bits);

  /** CLZ. */
  @Unmanaged
  @Import(name = "dunlin_clz")
  public static native int leadingZeros(int v);
}

package dunlin.boards.runtime;

import org.teavm.interop.Address;
import org.teavm.interop.Export;
import org.teavm.interop.Import;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;
import org.teavm.runtime.CallSite;

/**
 * Where Java throws, a board stops: takes the place of {@code org.teavm.runtime.ExceptionHandling}.
 * Board Java has no {@code try}, so nobody could catch; and without unwinding, calls need no
 * bookkeeping.
 */
@Unmanaged
@Include("cortexm.h")
public final class Traps {
  /** A reference was null. */
  public static final int NULL_POINTER = 1;

  /** An index outside of an array. */
  public static final int ARRAY_INDEX = 2;

  /** A cast to a class that the object is not of. */
  public static final int CLASS_CAST = 3;

  /** An array of negative length. */
  public static final int NEGATIVE_ARRAY_SIZE = 4;

  /** No RAM left. */
  public static final int OUT_OF_MEMORY = 5;

  /** A {@code throw} in a library. */
  public static final int THROWN = 6;

  /** A clock, a supply or a peripheral did not become ready in time. */
  public static final int NOT_READY = 7;

  /** The processor found a fault; its status registers say which. */
  public static final int FAULT = 8;

  /** An interrupt came that nobody serves. */
  public static final int UNEXPECTED = 9;

  private Traps() {}

  /**
   * Ends the program: leaves the reason and the caller's address for who looks at the board's RAM,
   * and resets it. Does not return.
   */
  @Import(name = "dunlin_trap")
  public static native void stop(int reason);

  /** Called by the compiler's checks. */
  @Export(name = "teavm_throwNullPointerException")
  public static void throwNullPointerException() {
    stop(NULL_POINTER);
  }

  /** Called by the compiler's checks. */
  @Export(name = "teavm_throwArrayIndexOutOfBoundsException")
  public static void throwArrayIndexOutOfBoundsException() {
    stop(ARRAY_INDEX);
  }

  /** Called by the compiler's checks. */
  public static void throwClassCastException() {
    stop(CLASS_CAST);
  }

  /** A throw statement. */
  public static void throwException(Throwable thrown) {
    stop(THROWN);
  }

  /** Never called: nothing catches. */
  @Export(name = "teavm_catchException")
  public static Throwable catchException() {
    return null;
  }

  /** Nothing to print. */
  public static void printStack() {}

  /** No traces. */
  public static StackTraceElement[] fillStackTrace() {
    return null;
  }

  /** No call sites. */
  public static CallSite findCallSiteById(int id, Address frame) {
    return null;
  }
}

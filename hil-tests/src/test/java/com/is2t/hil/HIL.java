package com.is2t.hil;

/** A double of the access to MicroEJ's simulator: each thread that runs a native has its own. */
public final class HIL {
  private static final ThreadLocal<NativeInterface> CURRENT = new ThreadLocal<>();

  private HIL() {}

  /** The simulator whose native runs. */
  public static NativeInterface getInstance() {
    NativeInterface simulator = CURRENT.get();
    if (simulator == null) {
      throw new IllegalStateException("no native runs in this thread");
    }
    return simulator;
  }

  /** Says whose native runs; {@code null} once none does. */
  public static void enter(NativeInterface simulator) {
    CURRENT.set(simulator);
  }
}

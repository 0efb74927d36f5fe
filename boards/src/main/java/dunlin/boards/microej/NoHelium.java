package dunlin.boards.microej;

/** {@link dunlin.kernels.Helium} of the cores that the kernel library is built for. */
public final class NoHelium {
  private NoHelium() {}

  /** Neither a Cortex-M4 nor a Cortex-M7 has it. */
  public static boolean present() {
    return false;
  }
}

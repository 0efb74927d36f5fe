package dunlin.kernels;

/** For BoardJavaTest: memory is a kernel's argument, or its constructor's. */
public final class AllocatingKernel {
  private final int[] scratch = new int[1];

  int[] allocate() {
    return scratch.length == 0 ? scratch : new int[1];
  }
}

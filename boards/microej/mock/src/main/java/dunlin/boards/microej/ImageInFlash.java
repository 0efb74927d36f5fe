package dunlin.boards.microej;

import dunlin.kernels.Dsp;
import dunlin.mock.Simulation;

/** The image in the simulator: a file. */
public final class ImageInFlash {
  private ImageInFlash() {}

  /** The native's. */
  public static int word(int at) {
    return Dsp.load32(Simulation.image(), at);
  }
}

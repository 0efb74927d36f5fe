package dunlin.boards.mps2;

import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.Interrupts;
import org.teavm.interop.Export;

/** The firmware of MPS2 and MPS3 boards: what the reset enters. */
public final class Main {
  private Main() {}

  /** After a reset, with RAM initialised. Does not return. */
  @Export(name = "dunlin_main")
  public static void main() {
    CortexM processor = new CortexM();
    int[] settings = CortexM.settings();
    Interrupts.run(processor, settings, new Mps2(processor, settings, CortexM.image()));
  }
}

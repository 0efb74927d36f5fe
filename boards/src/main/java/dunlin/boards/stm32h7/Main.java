package dunlin.boards.stm32h7;

import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.Interrupts;
import dunlin.boards.stm32.Stm32;
import org.teavm.interop.Export;

/** The firmware of boards with an STM32H743 or like: what the reset enters. */
public final class Main {
  private Main() {}

  /** After a reset, with RAM initialised. Does not return. */
  @Export(name = "dunlin_main")
  public static void main() {
    CortexM processor = new CortexM();
    int[] settings = CortexM.settings();
    Stm32H7 family = new Stm32H7(processor, settings, CortexM.image());
    Interrupts.run(processor, settings, new Stm32(processor, settings, family));
  }
}

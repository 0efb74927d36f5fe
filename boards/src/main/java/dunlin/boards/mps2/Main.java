package dunlin.boards.mps2;

import dunlin.boards.cortexm.BufferedUart;
import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.CortexMBoard;
import dunlin.boards.cortexm.Interrupts;
import dunlin.boards.cortexm.ReadOnlyFlash;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.cortexm.SysTick;
import org.teavm.interop.Export;

/**
 * The firmware of MPS2 and MPS3 boards: what the reset enters. No pin is wired, and there is no
 * UID.
 */
public final class Main {
  private Main() {}

  /** After a reset, with RAM initialised. Does not return. */
  @Export(name = "dunlin_main")
  public static void main() {
    CortexM processor = new CortexM();
    processor.disableInterrupts();
    int[] settings = CortexM.settings();
    SysTick clock = new SysTick(processor, settings[Settings.CORE_HERTZ]);
    BufferedUart[] uarts = new BufferedUart[settings[Settings.PORTS]];
    for (int port = 0; port < uarts.length; port++) {
      uarts[port] = new BufferedUart(processor, settings, new CmsdkUart(processor, settings, port));
    }
    ReadOnlyFlash flash = new ReadOnlyFlash(CortexM.image());
    Interrupts.run(
        processor,
        settings,
        new CortexMBoard(settings, clock, flash, new NoWatchdog(), null, uarts, new int[3]));
  }
}

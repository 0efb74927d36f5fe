package dunlin.boards.stm32f4;

import dunlin.boards.cortexm.BufferedUart;
import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.CortexMBoard;
import dunlin.boards.cortexm.Interrupts;
import dunlin.boards.cortexm.Processor;
import dunlin.boards.cortexm.Settings;
import dunlin.boards.cortexm.SysTick;
import org.teavm.interop.Export;

/** The firmware of boards with an STM32F405, F407 or like: what the reset enters. */
public final class Main {
  private static final int UID = 0x1FFF7A10;

  private Main() {}

  /** After a reset, with RAM initialised. Does not return. */
  @Export(name = "dunlin_main")
  public static void main() {
    CortexM processor = new CortexM();
    processor.disableInterrupts();
    int[] settings = CortexM.settings();
    Rcc rcc = new Rcc(processor);
    int hertz = rcc.start(settings[Settings.CRYSTAL_HERTZ], settings[Settings.CORE_HERTZ]);
    GpioPorts gpio = new GpioPorts(processor, rcc);
    Interrupts.run(
        processor,
        settings,
        new CortexMBoard(
            settings,
            new SysTick(processor, hertz),
            new ImageFlash(processor, CortexM.image()),
            new Iwdg(processor),
            gpio,
            uarts(processor, settings, rcc, gpio, hertz),
            uid(processor, rcc)));
  }

  private static BufferedUart[] uarts(
      Processor processor, int[] settings, Rcc rcc, GpioPorts gpio, int hertz) {
    BufferedUart[] uarts = new BufferedUart[settings[Settings.PORTS]];
    for (int port = 0; port < uarts.length; port++) {
      int at = Settings.port(port);
      int alternateFunction = settings[at + Settings.ALTERNATE_FUNCTION];
      gpio.connect(settings[at + Settings.TRANSMIT_PIN], alternateFunction);
      gpio.connect(settings[at + Settings.RECEIVE_PIN], alternateFunction);
      rcc.enable(settings[at + Settings.CLOCK_REGISTER], settings[at + Settings.CLOCK_BIT]);
      uarts[port] =
          new BufferedUart(processor, settings, new Usart(processor, settings, port, hertz));
    }
    return uarts;
  }

  /** The unique identifier (RM0090, 39.1); 0 on QEMU, where reading it is a fault. */
  private static int[] uid(Processor processor, Rcc rcc) {
    int[] uid = new int[3];
    for (int i = 0; i < uid.length && rcc.present(); i++) {
      uid[i] = processor.read(UID + (i << 2));
    }
    return uid;
  }
}

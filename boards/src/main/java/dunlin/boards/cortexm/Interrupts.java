package dunlin.boards.cortexm;

import dunlin.firmware.NodeFirmware;
import dunlin.kernels.Unchecked;
import org.teavm.interop.Export;

/** Runs the firmware, and leads interrupts to the board. */
@Unchecked
public final class Interrupts {
  /** Interrupts have no argument: what they serve is here. */
  private static CortexMBoard board;

  private Interrupts() {}

  /**
   * Lets interrupts in, boots, and steps for ever.
   *
   * @param on a board whose interrupts have been disabled so far
   */
  public static void run(Processor processor, int[] settings, CortexMBoard on) {
    board = on;
    for (int port = 0; port < on.ports(); port++) {
      int at = Settings.port(port);
      Nvic.enable(processor, settings[at + Settings.INTERRUPT]);
      Nvic.enable(processor, settings[at + Settings.SEND_INTERRUPT]);
    }
    processor.enableInterrupts();
    new MainLoop(processor, on, new NodeFirmware().boot(on), settings).run();
  }

  /** The timer's interrupt. */
  @Export(name = "dunlin_tick")
  public static void tick() {
    board.tick();
  }

  /** The interrupts of UART {@code port}. */
  @Export(name = "dunlin_uart")
  public static void uart(int port) {
    board.uart(port);
  }
}

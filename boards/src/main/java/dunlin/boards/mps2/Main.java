package dunlin.boards.mps2;

import dunlin.boards.cortexm.CortexM;
import dunlin.boards.cortexm.MainLoop;
import dunlin.firmware.NodeFirmware;
import org.teavm.interop.Export;

/** The firmware of MPS2 boards: what the reset and the interrupts enter. */
public final class Main {
  /** Interrupts have no argument: what they serve is here. */
  private static Mps2 board;

  private Main() {}

  /** After a reset, with RAM initialised. Does not return. */
  @Export(name = "dunlin_main")
  public static void main() {
    CortexM processor = new CortexM();
    int[] settings = CortexM.settings();
    processor.disableInterrupts();
    board = new Mps2(processor, settings, CortexM.image());
    processor.enableInterrupts();
    board.listen();
    new MainLoop(processor, board, new NodeFirmware().boot(board), settings).run();
  }

  /** The timer's interrupt. */
  @Export(name = "dunlin_tick")
  public static void tick() {
    board.tick();
  }

  /** The interrupts of UART {@code port}. */
  @Export(name = "dunlin_uart")
  public static void uart(int port) {
    board.uartInterrupt(port);
  }
}

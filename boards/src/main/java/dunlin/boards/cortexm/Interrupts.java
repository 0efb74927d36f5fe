package dunlin.boards.cortexm;

import dunlin.firmware.Frame;
import dunlin.firmware.NodeFirmware;
import dunlin.hal.Machine;
import dunlin.hal.Port;
import dunlin.kernels.Unchecked;
import org.teavm.interop.Export;

/** Runs the firmware, whatever is around the core, and leads interrupts to the board. */
@Unchecked
public final class Interrupts {
  /** Interrupts have no argument: what they serve is here. */
  private static CortexMBoard board;

  private Interrupts() {}

  /**
   * Starts the clocks, lets interrupts in, boots, and steps for ever.
   *
   * @param peripherals what the chip family has
   */
  public static void run(Processor processor, int[] settings, Peripherals peripherals) {
    processor.disableInterrupts();
    peripherals.start();
    SysTick clock = new SysTick(processor, settings[Settings.CORE_HERTZ]);
    board = new CortexMBoard(processor, settings, peripherals, clock);
    processor.enableInterrupts();
    if (LastTrap.isNew(processor, CortexM.lastTrap())) {
      Port console = board.open(0, false, Frame.GREETING_BYTES);
      new LastTrap(processor, CortexM.lastTrap()).tell(console);
    }
    Machine machine = new NodeFirmware().boot(board);
    new MainLoop(processor, board, machine, settings).run();
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

  /** The interrupts of SPI port {@code index}. */
  @Export(name = "dunlin_spi")
  public static void spi(int index) {
    board.spi(index);
  }
}

package dunlin.boards.cortexm;

import dunlin.firmware.NodeFirmware;
import dunlin.hal.Machine;
import dunlin.kernels.Unchecked;
import org.teavm.interop.Export;

/** Runs the firmware, whatever is around the core, and is where interrupts enter Java. */
@Unchecked
public final class Interrupts {
  /** The timer's interrupt has no argument: what it serves is here. */
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
      new LastTrap(processor, CortexM.lastTrap()).tell(board.open(0, false));
    }
    Machine machine = new NodeFirmware().boot(board);
    new MainLoop(processor, board, machine).run();
  }

  /** The timer's interrupt. */
  @Export(name = "dunlin_tick")
  public static void tick() {
    board.tick();
  }

  /** The interrupts of a UART. */
  @Export(name = "dunlin_uart")
  public static void uart(UartReceiver receiver) {
    receiver.interrupt();
  }

  /** The interrupts of an SPI port. */
  @Export(name = "dunlin_spi")
  public static void spi(InterruptedPort port) {
    port.interrupt();
  }
}

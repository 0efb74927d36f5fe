package dunlin.boards.cortexm;

import dunlin.firmware.NodeFirmware;
import dunlin.hal.Machine;
import dunlin.kernels.Unchecked;
import org.teavm.interop.Export;

/** Runs the firmware, whatever is around the core, and is where interrupts enter Java. */
@Unchecked
public final class Interrupts {
  /** What interrupts serve that have no object for an argument. */
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

  /**
   * The interrupts of an SPI port, which is master or slave: the compiler has to see which ports
   * there can be, as it does in the board, or else it drops the call.
   */
  @Export(name = "dunlin_spi")
  public static void spi(int port) {
    board.port(port).interrupt();
  }
}

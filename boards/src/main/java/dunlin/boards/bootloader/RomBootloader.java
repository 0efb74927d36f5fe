package dunlin.boards.bootloader;

import dunlin.boards.BoardType;
import dunlin.boards.Chip;
import dunlin.hal.Board;
import dunlin.hal.Firmware;
import dunlin.hal.Machine;
import java.util.List;
import java.util.OptionalLong;

/**
 * What runs after a reset with BOOT0 high. It answers on port 0, takes as long as the board's flash
 * takes, and is stricter than silicon: it programs whole units of erased flash only. What the ROM
 * itself takes to look at a byte is left out.
 */
public final class RomBootloader implements Firmware {
  private final Chip chip;
  private final int id;
  private final List<BootloaderFault> faults;

  /** Since the last reset. */
  private BootloaderMachine machine;

  /**
   * The bootloader of a type of board.
   *
   * @param id what it says that the chip is
   */
  RomBootloader(BoardType type, int id, List<BootloaderFault> faults) {
    chip = type.chip();
    this.id = id;
    this.faults = List.copyOf(faults);
  }

  @Override
  public Machine boot(Board board) {
    machine = new BootloaderMachine(board, chip, id, faults);
    return machine;
  }

  OptionalLong started() {
    return machine == null ? OptionalLong.empty() : machine.started();
  }
}

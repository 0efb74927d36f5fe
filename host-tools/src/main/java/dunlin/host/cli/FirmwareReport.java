package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.aot.Firmware;
import dunlin.boards.aot.Firmware.ModuleSize;
import java.io.PrintWriter;
import java.util.List;

/**
 * What {@code build --json} writes of firmware.
 *
 * @param flashRoom flash that the board keeps for it
 * @param ramRoom RAM that the board keeps for it
 */
record FirmwareReport(
    String board,
    List<String> files,
    List<ModuleSize> modules,
    long flashBytes,
    long flashRoom,
    long ramBytes,
    long ramRoom) {

  static FirmwareReport of(BoardType board, Firmware firmware) {
    return new FirmwareReport(
        board.name(),
        List.of(firmware.elf().toString(), firmware.hex().toString(), firmware.bin().toString()),
        firmware.sizes(),
        firmware.flash(),
        board.chip().firmwareFlash().bytes(),
        firmware.sizes().stream().mapToLong(ModuleSize::ram).sum(),
        board.chip().mainRam().bytes() - board.ram().get(0).bytes());
  }

  void print(PrintWriter out) {
    files.forEach(file -> out.println("firmware " + file));
    out.println();
    Table table = new Table(1).row("module", "flash", "RAM");
    for (ModuleSize module : modules) {
      table.row(module.module(), Numerals.grouped(module.flash()), Numerals.grouped(module.ram()));
    }
    table
        .row("all", Numerals.grouped(flashBytes), Numerals.grouped(ramBytes))
        .row("room", Numerals.grouped(flashRoom), Numerals.grouped(ramRoom))
        .print(out);
  }
}

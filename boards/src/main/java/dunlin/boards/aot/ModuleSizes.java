package dunlin.boards.aot;

import dunlin.boards.BoardType;
import dunlin.boards.Chip;
import dunlin.boards.aot.Firmware.ModuleSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who takes how much, read from ld's map: a line for each section of each object file. */
final class ModuleSizes {
  /** A long section name stands on a line of its own. */
  private static final Pattern CONTRIBUTION =
      Pattern.compile(
          "^ (\\.(?:vectors|text|rodata|data|bss|noinit)\\S*)\\s+0x(\\p{XDigit}+)\\s+0x(\\p{XDigit}+) (\\S+)$",
          Pattern.MULTILINE);

  private static final Pattern OURS = Pattern.compile("classes/dunlin/(\\w+)/.*");

  private ModuleSizes() {}

  /** What is left of the RAM beside the node's buffers is for the objects made at boot. */
  static List<ModuleSize> read(String map, BoardType board) {
    Chip chip = board.chip();
    Map<String, ModuleSize> modules = new TreeMap<>();
    add(modules, new ModuleSize("stack", 0, chip.stackBytes()));
    add(modules, new ModuleSize("objects", 0, -chip.stackBytes()));
    Matcher line = CONTRIBUTION.matcher(map);
    line.region(map.indexOf("Linker script and memory map"), map.length());
    while (line.find()) {
      long address = Long.parseLong(line.group(2), 16);
      long bytes = Long.parseLong(line.group(3), 16);
      boolean ram = in(chip.mainRam(), address);
      boolean flash = in(chip.firmwareFlash(), address) || ram && line.group(1).startsWith(".data");
      if (ram) {
        add(modules, new ModuleSize("objects", 0, -bytes));
      }
      if (flash || ram) {
        add(modules, new ModuleSize(module(line.group(4)), flash ? bytes : 0, ram ? bytes : 0));
      }
    }
    int firmware = chip.mainRam().bytes() - board.ram().get(0).bytes();
    add(modules, new ModuleSize("objects", 0, firmware));
    return List.copyOf(modules.values());
  }

  private static boolean in(Chip.Extent extent, long address) {
    return address >= extent.origin() && address < extent.end();
  }

  private static String module(String object) {
    Matcher ours = OURS.matcher(object);
    if (ours.matches()) {
      return ours.group(1);
    }
    return object.startsWith("startup") ? "startup" : "runtime";
  }

  private static void add(Map<String, ModuleSize> modules, ModuleSize more) {
    modules.merge(
        more.module(),
        more,
        (a, b) -> new ModuleSize(a.module(), a.flash() + b.flash(), a.ram() + b.ram()));
  }
}

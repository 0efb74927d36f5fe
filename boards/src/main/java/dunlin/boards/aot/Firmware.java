package dunlin.boards.aot;

import java.nio.file.Path;
import java.util.List;

/**
 * A firmware that was built.
 *
 * @param elf with symbols, for debuggers and QEMU
 * @param hex Intel HEX
 * @param bin raw bytes from the start of the flash on
 * @param sizes what each module takes
 */
public record Firmware(Path elf, Path hex, Path bin, List<ModuleSize> sizes) {

  /**
   * What a module takes.
   *
   * @param module of Dunlin, or {@code runtime} (TeaVM's and gcc's libraries), {@code startup}
   * @param flash bytes of code, constants and initial values
   * @param ram bytes of statics; the stack for {@code startup}
   */
  public record ModuleSize(String module, long flash, long ram) {}

  /** Bytes of flash of all modules. */
  public long flash() {
    return sizes.stream().mapToLong(ModuleSize::flash).sum();
  }
}

package dunlin.host.flock;

import dunlin.boards.BoardType;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Firmware for each type of board in a plan, in a folder that goes when this is closed. */
final class BuiltFirmware implements AutoCloseable {
  private final TemporaryFolder folder = new TemporaryFolder("dunlin-firmware");
  private final Map<BoardType, Path> elfs = new LinkedHashMap<>();

  private BuiltFirmware() {}

  static BuiltFirmware of(Plan plan, Progress progress) {
    BuiltFirmware firmware = new BuiltFirmware();
    try {
      List<BoardType> types = plan.members().stream().map(Member::board).distinct().toList();
      return progress.during(
          "building firmware",
          types.size(),
          done -> {
            for (BoardType type : types) {
              firmware.elfs.put(type, FirmwareBuild.build(type, firmware.folder.path()).elf());
              done.accept(firmware.elfs.size());
            }
            return firmware;
          });
    } catch (RuntimeException e) {
      firmware.close();
      throw e;
    }
  }

  /** The ELF file for a type of board. */
  Path elf(BoardType type) {
    return elfs.get(type);
  }

  @Override
  public void close() {
    folder.close();
  }
}

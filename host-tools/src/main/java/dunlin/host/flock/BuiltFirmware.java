package dunlin.host.flock;

import dunlin.boards.BoardType;
import dunlin.boards.aot.FirmwareBuild;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Firmware for each type of board in a plan, in a folder that goes when this is closed. */
final class BuiltFirmware implements AutoCloseable {
  private final Path folder;
  private final Map<BoardType, Path> elfs = new LinkedHashMap<>();

  private BuiltFirmware(Path folder) {
    this.folder = folder;
  }

  static BuiltFirmware of(Plan plan, Progress progress) {
    BuiltFirmware firmware = new BuiltFirmware(temporary());
    try {
      List<BoardType> types = plan.members().stream().map(Member::board).distinct().toList();
      return progress.during(
          "building firmware",
          types.size(),
          done -> {
            for (BoardType type : types) {
              firmware.elfs.put(type, FirmwareBuild.build(type, firmware.folder).elf());
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

  private static Path temporary() {
    try {
      return Files.createTempDirectory("dunlin-firmware");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

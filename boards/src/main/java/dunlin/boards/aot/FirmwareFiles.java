package dunlin.boards.aot;

import dunlin.boards.BoardType;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.Unwritable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Firmware in its place: each file whole, or as it was before. */
record FirmwareFiles(Path elf, Path hex, Path bin) {
  private static final List<String> KINDS = List.of("elf", "hex", "bin");

  /**
   * Brings what was built to its place.
   *
   * @param work holds {@code firmware.elf}, {@code .hex} and {@code .bin}
   * @param folder made where it is missing; may be on another file system
   */
  static FirmwareFiles publish(BoardType board, Path work, Path folder) {
    try {
      Files.createDirectories(folder);
      try (TemporaryFolder beside = new TemporaryFolder(folder, ".dunlin-firmware")) {
        for (String kind : KINDS) {
          Files.copy(work.resolve("firmware." + kind), beside.path().resolve(kind));
        }
        for (String kind : KINDS) {
          Path place = place(board, folder, kind);
          Files.move(beside.path().resolve(kind), place, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return new FirmwareFiles(
          place(board, folder, "elf"), place(board, folder, "hex"), place(board, folder, "bin"));
    } catch (IOException e) {
      throw new Unwritable(folder + ": firmware", e);
    }
  }

  private static Path place(BoardType board, Path folder, String kind) {
    return folder.resolve(board.name() + "." + kind);
  }
}

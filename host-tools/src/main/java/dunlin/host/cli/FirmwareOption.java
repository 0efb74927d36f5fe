package dunlin.host.cli;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.boards.TemporaryFolder;
import dunlin.boards.aot.FirmwareBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The firmware that goes into boards. */
final class FirmwareOption {
  @Option(
      names = "--firmware",
      paramLabel = "DIR",
      description = "Where build has put it; otherwise it is built.")
  private Path folder;

  /** Refuses a type of board for which there is none. */
  static void check(List<BoardType> types) {
    for (BoardType type : types) {
      if (type.chip() == null) {
        throw new Refusal(type.noFirmware(), "choose another board");
      }
    }
  }

  /** Raw bytes for each type of board. */
  Map<BoardType, byte[]> of(List<BoardType> types) {
    check(types);
    return folder == null ? built(types) : found(folder, types);
  }

  /** Whether it is not built here. */
  boolean isFound() {
    return folder != null;
  }

  /** What {@code build} has put into a folder. */
  static Map<BoardType, byte[]> found(Path folder, List<BoardType> types) {
    Map<BoardType, byte[]> firmware = new LinkedHashMap<>();
    for (BoardType type : types) {
      Path file = folder.resolve(type.name() + ".bin");
      if (!Files.isRegularFile(file)) {
        throw new Refusal(
            file + ": is not there",
            "type: dunlin build --board " + type.name() + " --output " + folder);
      }
      firmware.put(type, bytes(file));
    }
    return firmware;
  }

  private static Map<BoardType, byte[]> built(List<BoardType> types) {
    try (TemporaryFolder place = new TemporaryFolder("dunlin-firmware")) {
      return new ProgressBars()
          .during(
              "building firmware",
              types.size(),
              done -> {
                Map<BoardType, byte[]> firmware = new LinkedHashMap<>();
                for (BoardType type : types) {
                  firmware.put(type, bytes(FirmwareBuild.build(type, place.path()).bin()));
                  done.accept(firmware.size());
                }
                return firmware;
              });
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

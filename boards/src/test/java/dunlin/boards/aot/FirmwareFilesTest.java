package dunlin.boards.aot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareFilesTest {
  private static final BoardType BOARD = BoardTypes.named("stm32f405");

  @TempDir private Path work;
  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void build() throws IOException {
    folder = parent.resolve("new/firmware");
    for (String kind : List.of("elf", "hex", "bin")) {
      Files.writeString(work.resolve("firmware." + kind), kind);
    }
  }

  @Test
  void shouldReplaceWhatIsThereAndLeaveNothingElse() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("stm32f405.hex"), "old");
    FirmwareFiles.publish(BOARD, work, folder);
    assertEquals(List.of("stm32f405.bin", "stm32f405.elf", "stm32f405.hex"), names());
    assertEquals("hex", Files.readString(folder.resolve("stm32f405.hex")));
  }

  @Test
  void shouldLeaveEverythingAsItWasWhereAFileCannotBeWritten() throws IOException {
    Files.createDirectories(folder);
    Path old = Files.writeString(folder.resolve("stm32f405.elf"), "old");
    Files.delete(work.resolve("firmware.bin")); // reads as badly as a full disk writes
    Refusal refusal = assertThrows(Refusal.class, () -> FirmwareFiles.publish(BOARD, work, folder));
    String message = refusal.getMessage();
    assertTrue(message.startsWith(folder + ": firmware cannot be written ("), message);
    assertTrue(message.endsWith("): make room, or choose another place"), message);
    assertEquals(List.of("stm32f405.elf"), names());
    assertEquals("old", Files.readString(old));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

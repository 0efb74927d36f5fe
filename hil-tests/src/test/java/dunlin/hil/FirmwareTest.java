package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.aot.Firmware;
import dunlin.boards.aot.Firmware.ModuleSize;
import dunlin.boards.aot.FirmwareBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code build} makes of the sources. */
class FirmwareTest {
  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void shouldBuildTheSameBytesFromTheSameSources() throws IOException {
    BoardType board = BoardTypes.named("stm32f405");
    Firmware first = QemuRig.firmware(board);
    Firmware second = FirmwareBuild.build(board, folder);
    assertArrayEquals(Files.readAllBytes(first.elf()), Files.readAllBytes(second.elf()), "elf");
    assertArrayEquals(Files.readAllBytes(first.hex()), Files.readAllBytes(second.hex()), "hex");
    assertArrayEquals(Files.readAllBytes(first.bin()), Files.readAllBytes(second.bin()), "bin");
    assertEquals(first.sizes(), second.sizes());
  }

  @Test
  @Tag("slow")
  void shouldStaySmall() {
    Firmware firmware = QemuRig.firmware(BoardTypes.named("stm32f405"));
    Budget.named("firmware-flash").check((double) firmware.flash());
    long ram = firmware.sizes().stream().mapToLong(ModuleSize::ram).sum();
    Budget.named("firmware-ram").check((double) ram);
  }

  @Test
  void shouldSayForWhichBoardsThereIsFirmware() {
    Refusal refusal =
        assertThrows(
            Refusal.class, () -> FirmwareBuild.build(BoardTypes.named("emulated"), folder));
    assertEquals(
        "there is no firmware for board emulated: choose one of stm32f405, mps2-an385, mps2-an386,"
            + " mps2-an500, mps3-an547",
        refusal.getMessage());
  }
}

package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of what flash holds. */
class FlashFileTest {
  @TempDir private Path folder;

  private final FlashFile flasher = new FlashFile();

  private FlashJob job(int image) {
    return FlashJob.of(
        0,
        BoardTypes.named("mps2-an386"),
        folder.resolve("rank/0.bin").toString(),
        null,
        new byte[] {1, 2, 3},
        new byte[] {(byte) image});
  }

  @Test
  void shouldHoldFirmwareAndImageAndBlankBytesBetween() throws Exception {
    assertEquals(0, flasher.flash(job(7)).alreadyThere());
    byte[] flash = Files.readAllBytes(folder.resolve("rank/0.bin"));
    assertEquals(65_537, flash.length);
    assertEquals(3, flash[2]);
    assertEquals(-1, flash[3]);
    assertEquals(-1, flash[65_535]);
    assertEquals(7, flash[65_536]);
    assertEquals(65_537, flasher.flash(job(7)).alreadyThere());
    flasher.verify(job(7));
  }

  @Test
  void shouldSayWhereAFileDiffers() {
    flasher.flash(job(7));
    assertEquals(
        job(8).port() + ": differs from byte 65536 on: dunlin flash writes it",
        assertThrows(Refusal.class, () -> flasher.verify(job(8))).getMessage());
  }
}

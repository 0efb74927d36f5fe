package dunlin.host.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import dunlin.host.flock.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the programs of others are told, and in which order. Stand-ins note it, and keep what they
 * are given in a file: no silicon was ever here.
 */
class StLinkFlasherTest {
  private static final Uid UID = new Uid(0x03020100, 0x07060504, 0x0b0a0908);
  private static final int FLASH_BYTES = 0x12000;

  /**
   * Reads and writes {@code chip}, which begins at the flash; what is read elsewhere is the UID.
   */
  private static final String CHIP =
      """
      chip=%s
      put() { dd of=$chip bs=4096 oflag=seek_bytes seek=$(($1 - 0x08000000)) conv=notrunc status=none; }
      get() {
        if (($1 >= 0x1FFF0000)); then printf '\\0\\1\\2\\3\\4\\5\\6\\7\\10\\11\\12\\13' >$3
        else tail -c +$(($1 - 0x08000000 + 1)) $chip | head -c $(($2)) >$3; fi
      }
      """;

  @TempDir private Path folder;
  private Path chip;
  private FlashJob job;

  @BeforeEach
  void fillTheChip() throws IOException {
    byte[] old = new byte[FLASH_BYTES];
    Arrays.fill(old, (byte) 0x5A);
    chip = Files.write(folder.resolve("chip"), old);
    byte[] firmware = new byte[1000];
    byte[] image = new byte[5000];
    Random random = new Random(1);
    random.nextBytes(firmware);
    random.nextBytes(image);
    job = FlashJob.of(0, BoardTypes.named("stm32f405"), "066EFF", UID, firmware, image);
  }

  @Test
  void shouldTellOpenOcdWhatToDo() throws IOException {
    openOcd();
    FlashReport report = flasher().flash(job);
    assertHolds();
    assertEquals(6000, report.write().bytes());
    assertEquals(6000, report.readBack().bytes());
    assertEquals(UID, report.uid());
    String command =
        "-f interface/stlink.cfg -c adapter serial 066EFF -f target/stm32f4x.cfg "
            + "-c init -c reset halt -c %s -c shutdown";
    assertEquals(
        List.of(
                "dump_image read.bin 0x1fff7a10 12",
                "dump_image read.bin 0x08000000 1000",
                "dump_image read.bin 0x08010000 5000",
                "flash write_image erase write.bin 0x08010100 bin",
                "flash write_image erase write.bin 0x08000100 bin",
                "dump_image read.bin 0x08010100 4744",
                "dump_image read.bin 0x08000100 744",
                "flash write_image write.bin 0x08000000 bin",
                "flash write_image write.bin 0x08010000 bin",
                "dump_image read.bin 0x08000000 256",
                "dump_image read.bin 0x08010000 256",
                "reset run")
            .stream()
            .map(command::formatted)
            .toList(),
        told());
  }

  @Test
  void shouldTellCubeProgrammerToWriteHeadsWithoutErasing() throws IOException {
    program(
        "STM32_Programmer_CLI",
        """
        case $4 in
          -u) get $5 $6 $7 ;;
          -w) put $6 <$5 ;;
          --skipErase) put $7 <$6 ;;
        esac
        """);
    flasher().flash(job);
    assertHolds();
    List<String> writes = told().stream().filter(line -> line.contains("-w")).toList();
    assertEquals(
        List.of(
            "-c port=SWD sn=066EFF -w write.bin 0x08010100",
            "-c port=SWD sn=066EFF -w write.bin 0x08000100",
            "-c port=SWD sn=066EFF --skipErase -w write.bin 0x08000000",
            "-c port=SWD sn=066EFF --skipErase -w write.bin 0x08010000"),
        writes);
  }

  @Test
  void shouldTellStFlashToWriteTheSectorsOfHeadsLast() throws IOException {
    program(
        "st-flash",
        """
        case $3 in
          read) get $5 $6 $4 ;;
          write) put $5 <$4 ;;
        esac
        """);
    flasher().flash(job);
    assertHolds();
    assertEquals(
        List.of(
            "--serial 066EFF write write.bin 0x08000000",
            "--serial 066EFF write write.bin 0x08010000"),
        told().stream().filter(line -> line.contains("write")).toList());
  }

  @Test
  void shouldWriteNothingThatIsThere() throws IOException {
    openOcd();
    flasher().flash(job);
    Files.delete(folder.resolve("told"));
    FlashReport again = flasher().flash(job);
    assertEquals(6000, again.alreadyThere());
    assertTrue(told().stream().noneMatch(line -> line.contains("write_image")), "" + told());
    flasher().verify(job);
  }

  @Test
  void shouldSayWhereTheBoardDiffers() throws IOException {
    openOcd();
    flasher().flash(job);
    byte[] flash = Files.readAllBytes(chip);
    flash[0x10000 + 4000] ^= 1;
    Files.write(chip, flash);
    assertEquals(
        "ST-LINK 066EFF: the image differs from 0x08010fa0 on: dunlin flash --every-byte writes what differs",
        assertThrows(Refusal.class, () -> flasher().verify(job)).getMessage());
  }

  @Test
  void shouldNotTouchAnotherBoard() throws IOException {
    openOcd();
    FlashJob other = new FlashJob(1, job.board(), "066EFF", new Uid(9, 9, 9), job.segments());
    assertEquals(
        "066EFF: the board's UID is 03020100070605040b0a0908, and rank 1 is "
            + "000000090000000900000009",
        assertThrows(Refusal.class, () -> flasher().flash(other)).what());
    assertTrue(told().stream().noneMatch(line -> line.contains("write_image")), "" + told());
  }

  @Test
  void shouldNoticeFlashThatDoesNotKeepWhatIsWritten() throws IOException {
    openOcd();
    Path program = folder.resolve("openocd");
    Files.writeString(program, Files.readString(program).replace("put $", "echo $"));
    assertEquals(
        "ST-LINK 066EFF: 0x08010100 does not hold what was written to it",
        assertThrows(Refusal.class, () -> flasher().flash(job)).what());
  }

  @Test
  void shouldRepeatWhatTheProgramComplainsOf() throws IOException {
    program("openocd", "echo Info; echo 'Error: open failed'; echo bye; exit 1");
    assertEquals(
        "ST-LINK 066EFF: openocd failed (Error: open failed): see that one ST-LINK is plugged in, "
            + "or name one with --port, and that the board has power",
        assertThrows(Refusal.class, () -> flasher().flash(job)).getMessage());
  }

  @Test
  void shouldSayWhatToInstallBeforeThereIsAnythingToFlash() {
    assertEquals(
        "nothing is installed that speaks to an ST-LINK: type: sudo apt install openocd",
        assertThrows(Refusal.class, this::flasher).getMessage());
  }

  private StLinkFlasher flasher() {
    return new StLinkFlasher(List.of(folder), Progress.NONE);
  }

  private void openOcd() throws IOException {
    program(
        "openocd",
        """
        for argument; do
          set -- $argument
          case $argument in
            dump_image*) get $3 $4 $2 ;;
            "flash write_image erase"*) put $5 <$4 ;;
            "flash write_image"*) put $4 <$3 ;;
          esac
        done
        """);
  }

  private void program(String name, String body) throws IOException {
    String told = "echo \"$*\" >>" + folder.resolve("told") + "\n";
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + told + CHIP.formatted(chip) + body);
    assertTrue(file.toFile().setExecutable(true));
  }

  private List<String> told() throws IOException {
    return Files.readAllLines(folder.resolve("told"));
  }

  private void assertHolds() throws IOException {
    byte[] flash = Files.readAllBytes(chip);
    for (Segment segment : job.segments()) {
      int from = (int) (segment.address() - 0x0800_0000);
      assertArrayEquals(
          segment.bytes(), Arrays.copyOfRange(flash, from, from + segment.bytes().length));
    }
  }
}

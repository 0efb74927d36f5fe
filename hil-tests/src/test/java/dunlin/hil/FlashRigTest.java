package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Uid;
import dunlin.boards.bootloader.EmulatedBootloader;
import dunlin.firmware.ImageHeader;
import dunlin.kernels.Dsp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From boards in their bootloaders to a rig that is flashed, by what a person types. */
@Tag("slow")
class FlashRigTest {
  private static final BoardType BOARD = BoardTypes.named("stm32f405");
  private static final int IMAGE = BOARD.chip().firmwareFlash().bytes();
  private static final Uid ONE = new Uid(1, 2, 3);
  private static final Uid OTHER = new Uid(4, 5, 6);

  /** Answers of a bootloader up to the middle of writing an image. */
  private static final int MIDDLE = 600;

  @TempDir private Path folder;
  private final BoardOnTerminal[] boards = new BoardOnTerminal[2];

  @BeforeEach
  void requireTools() throws IOException {
    Programs.require("socat");
    byte[] firmware = new byte[3000];
    new Random(1).nextBytes(firmware);
    Files.write(folder.resolve("stm32f405.bin"), firmware);
  }

  @AfterEach
  void unplug() {
    for (BoardOnTerminal board : boards) {
      if (board != null) {
        board.close();
      }
    }
  }

  private void plugIn() throws Exception {
    boards[0] = plugIn("one", new EmulatedBootloader(BOARD, 115_200, ONE));
    boards[1] = plugIn("other", new EmulatedBootloader(BOARD, 115_200, OTHER));
  }

  private BoardOnTerminal plugIn(String name, EmulatedBootloader board) throws Exception {
    return new BoardOnTerminal(board, Files.createDirectory(folder.resolve(name)));
  }

  private Typed dunlin(Object... arguments) throws Exception {
    return Typed.in(folder, arguments);
  }

  private Typed onRig(String command) throws Exception {
    return dunlin(command, "--rig", "rig.toml", "--context", 64, "--firmware", folder);
  }

  private void initialise() throws Exception {
    String ports = boards[0].path() + "," + boards[1].path();
    Typed init = dunlin("rig", "init", "--nodes", 2, "--port", ports).expectOk();
    assertTrue(init.out().endsWith("wrote rig.toml\nwrote rig.local.toml\n"), init.out());
    pressReset();
  }

  private void pressReset() {
    for (BoardOnTerminal board : boards) {
      board.pressReset();
    }
  }

  @Test
  void shouldFlashVerifyAndSkipWhatIsThere() throws Exception {
    plugIn();
    initialise();
    assertTrue(Files.readString(folder.resolve("rig.toml")).contains("uid = \"" + OTHER + "\""));
    List<String> first = onRig("flash").expectOk().out().lines().toList();
    assertEquals(2, first.size());
    assertTrue(
        first
            .get(1)
            .matches(
                "rank 1, stm32f405, \\S+/other/terminal, UID %s: 0 bytes were there, wrote .*, started"
                    .formatted(OTHER)),
        first.get(1));
    assertEquals(OptionalLong.of(0x0800_0000), boards[1].board().started());
    pressReset();
    onRig("verify").expectOk();
    for (String line : onRig("flash").expectOk().out().lines().toList()) {
      assertTrue(line.matches("rank ., .* bytes were there, started"), line);
    }
  }

  @Test
  void shouldRefuseABoardAtAnotherOnesPort() throws Exception {
    plugIn();
    initialise();
    Path local = folder.resolve("rig.local.toml");
    String swapped =
        Files.readString(local)
            .replace("/one/", "/third/")
            .replace("/other/", "/one/")
            .replace("/third/", "/other/");
    Files.writeString(local, swapped);
    Typed flash = onRig("flash");
    assertEquals(1, flash.code());
    assertEquals(
        "dunlin: %s: the board's UID is %s, and rank 0 is %s: plug in the right board, or correct the rig file\n"
            .formatted(boards[1].path(), OTHER, ONE),
        flash.err());
    assertTrue(isBlank(boards[0]) && isBlank(boards[1]), "nothing is written");
  }

  @Test
  void shouldRefuseOnePortForTwoBoards() throws Exception {
    plugIn();
    initialise();
    Path local = folder.resolve("rig.local.toml");
    Path device = Path.of(boards[0].path()).toRealPath();
    Files.writeString(local, Files.readString(local).replace(boards[1].path(), device.toString()));
    Typed flash = onRig("flash");
    assertEquals(1, flash.code());
    assertEquals(
        "dunlin: rig.local.toml: ranks 0 and 1 are both at %s: give each board its own port\n"
            .formatted(device),
        flash.err());
    Typed named =
        dunlin(
            "flash", "--nodes", 2, "--firmware", folder, "--port", boards[0].path() + "," + device);
    assertEquals(2, named.code());
    assertEquals(
        "dunlin: --port names %s twice: every board has its own\n".formatted(device), named.err());
  }

  @Test
  void shouldLeaveAnEmptyNodeWhereFlashingIsInterruptedAndGoOn() throws Exception {
    plugIn();
    initialise();
    boards[0].silenceAfter(MIDDLE);
    Typed flash = onRig("flash");
    assertEquals(1, flash.code());
    assertEquals(
        "dunlin: %s: the bootloader fell silent: press reset with BOOT0 high, and start again: what was written is kept\n"
            .formatted(boards[0].path()),
        flash.err());
    assertTrue(!isBlank(boards[0]));
    assertTrue(!holdsImage(boards[0]));
    pressReset();
    String line = onRig("flash").expectOk().out().lines().findFirst().orElseThrow();
    assertTrue(line.matches("rank 0, .*: [0-9,]{6,} bytes were there, wrote .*"), line);
    assertTrue(holdsImage(boards[0]));
  }

  private static boolean holdsImage(BoardOnTerminal board) {
    return Dsp.load32(board.board().flash(), IMAGE) == ImageHeader.MAGIC_VALUE;
  }

  private static boolean isBlank(BoardOnTerminal board) {
    for (byte b : board.board().flash()) {
      if (b != -1) {
        return false;
      }
    }
    return true;
  }
}

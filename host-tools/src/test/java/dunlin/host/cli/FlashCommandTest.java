package dunlin.host.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code flash} and {@code verify}, by files in the place of boards. */
class FlashCommandTest extends WithTinyModel {
  private static final int FIRMWARE_ROOM = 65_536;

  @BeforeEach
  void writeFirmware() throws IOException {
    Files.write(folder.resolve("stm32f405.bin"), new byte[] {1, 2, 3, 4});
  }

  private Outcome on(String command, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(command, "--model", model, "--board", "stm32f405", "--firmware", folder));
    all.addAll(List.of(more));
    return Outcome.of(all.toArray());
  }

  private Path place(int rank) {
    return folder.resolve(rank + ".flash");
  }

  @Test
  void shouldWriteFirmwareAndTheImageOfEachRank() throws IOException {
    Outcome flash = on("flash", "--nodes", 2, "--by", "qemu", "--port", place(0) + "," + place(1));
    assertEquals(0, flash.code(), flash.err());
    assertEquals(2, flash.out().lines().count(), flash.out());
    assertTrue(flash.out().startsWith("rank 0, stm32f405, " + place(0) + ": 0 bytes"), flash.out());
    Outcome.of("build", "--model", model, "--board", "stm32f405", "--nodes", 2, "--output", folder);
    for (int rank = 0; rank < 2; rank++) {
      byte[] flashed = Files.readAllBytes(place(rank));
      assertEquals(4, flashed[3]);
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("tiny-stm32f405-" + rank + ".img")),
          Arrays.copyOfRange(flashed, FIRMWARE_ROOM, flashed.length));
    }
  }

  @Test
  void shouldWriteOneRankAndKeepWhatIsThere() throws IOException {
    Object[] second = {
      "--nodes", 2, "--rank", 1, "--by", "qemu", "--port", place(1), "--json", "-"
    };
    long written = on("flash", second).json().at("/boards/0/writtenBytes").asLong();
    assertEquals(Files.size(place(1)), written);
    assertEquals(0, on("flash", second).json().at("/boards/0/writtenBytes").asLong());
    assertEquals(written, on("verify", second).json().at("/boards/0/alreadyThere").asLong());
  }

  @Test
  void shouldSayWhereABoardDiffers() throws IOException {
    on("flash", "--by", "qemu", "--port", place(0));
    byte[] flashed = Files.readAllBytes(place(0));
    flashed[70_000] ^= 1;
    Files.write(place(0), flashed);
    Outcome verify = on("verify", "--by", "qemu", "--port", place(0));
    assertEquals(1, verify.code());
    assertEquals(
        "dunlin: " + place(0) + ": differs from byte 70000 on: dunlin flash writes it\n",
        verify.err());
  }

  @Test
  void shouldWriteAnEncoderToEachRankAndFindItThere() throws IOException {
    model = Path.of("radar-gesture");
    String places = place(0) + "," + place(1);
    Object[] both = {"--nodes", 2, "--by", "qemu", "--port", places};
    assertEquals(0, on("flash", both).code());
    Outcome.of("build", "--model", model, "--board", "stm32f405", "--nodes", 2, "--output", folder);
    for (int rank = 0; rank < 2; rank++) {
      byte[] flashed = Files.readAllBytes(place(rank));
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("radar-gesture-stm32f405-" + rank + ".img")),
          Arrays.copyOfRange(flashed, FIRMWARE_ROOM, flashed.length));
    }
    assertEquals(0, on("verify", both).code());
    model = Path.of("ecgformer");
    Outcome other = on("verify", both);
    assertEquals(1, other.code());
    assertTrue(other.err().startsWith("dunlin: " + place(0) + ": differs from byte "), other.err());
  }

  @Test
  void shouldRefuseARigsContextForAnEncoder() throws IOException {
    Path rig = folder.resolve("rig.toml");
    Files.writeString(rig, "context = 64\n[[boards]]\nrank = 0\ntype = \"stm32f405\"\n");
    Outcome flash =
        Outcome.of(
            "flash",
            "--model",
            "radar-gesture",
            "--rig",
            rig,
            "--firmware",
            folder,
            "--by",
            "qemu",
            "--port",
            place(0));
    assertEquals(2, flash.code());
    assertEquals(
        "dunlin: a context other than the 4 tokens of radar-gesture: leave it out for an encoder of"
            + " features, on the command line and in a rig file\n",
        flash.err());
  }

  @Test
  void shouldRefusePortsThatAreNotOneForEachBoard() {
    assertMisuse(
        "--port names 1 ports for 2 boards: name one for each rank, with commas, or one and its "
            + "--rank",
        "--nodes",
        2,
        "--port",
        "ttyACM0");
    assertMisuse(
        "--port names ttyACM0 twice: every board has its own",
        "--nodes",
        2,
        "--port",
        "ttyACM0,ttyACM0");
    assertMisuse("--rank 2 of 2 boards: ranks are 0 to 1", "--nodes", 2, "--rank", 2);
    assertMisuse("no --port is named: with --by qemu, it is the file to write", "--by", "qemu");
    assertMisuse("no --port is named: with --by flock, it is the root's", "--by", "flock");
    assertMisuse(
        "--port names 2 ports: with --by flock, it is the root's",
        "--nodes",
        2,
        "--by",
        "flock",
        "--port",
        "ttyACM0,ttyACM1");
  }

  @Test
  void shouldRefuseMeansThatItDoesNotKnow() {
    Outcome flash = on("flash", "--by", "wire");
    assertEquals(2, flash.code());
    assertTrue(
        flash.err().contains("'wire' is not uart, uart:BAUD, st-link, flock or qemu"), flash.err());
  }

  @Test
  void shouldSayHowToGetFirmware() throws IOException {
    Files.delete(folder.resolve("stm32f405.bin"));
    Outcome flash = on("flash", "--by", "qemu", "--port", place(0));
    assertEquals(1, flash.code());
    assertEquals(
        "dunlin: %s: is not there: type: dunlin build --board stm32f405 --output %s\n"
            .formatted(folder.resolve("stm32f405.bin"), folder),
        flash.err());
  }

  @Test
  void shouldRefuseABoardWithoutFirmware() throws IOException {
    Outcome flash = Outcome.of("flash", "--model", model, "--by", "qemu", "--port", place(0));
    assertEquals(1, flash.code());
    assertEquals(
        "dunlin: there is no firmware for board emulated: choose another board\n", flash.err());
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(place(0)::equals), "nothing is written");
    }
  }

  @Test
  void shouldRefuseABoardWhoseMemoryOffTheChipNothingDrives() {
    Object[] flash = {"flash", "--model", model, "--board", "stm32h750b-dk", "--by", "st-link"};
    assertEquals(
        "dunlin: there is no firmware for board stm32h750b-dk, since none drives its memory off the"
            + " chip; it is for plan and run: choose another board\n",
        Outcome.of(flash).err());
  }

  @Test
  void shouldNeedNoFirmwareThroughTheFlock() throws IOException {
    Files.delete(folder.resolve("stm32f405.bin"));
    Outcome flash = on("flash", "--nodes", 2, "--by", "flock", "--port", "ffff:0001");
    assertEquals(1, flash.code());
    assertTrue(flash.err().startsWith("dunlin: no serial port is ffff:0001: "), flash.err());
  }

  @Test
  void shouldNameAPortThatIsNone() {
    Outcome flash = on("flash", "--port", "ffff:0001");
    assertEquals(1, flash.code());
    assertTrue(flash.err().startsWith("dunlin: no serial port is ffff:0001: "), flash.err());
  }

  private void assertMisuse(String complaint, Object... arguments) {
    Outcome flash = on("flash", arguments);
    assertEquals("dunlin: " + complaint + "\n", flash.err());
    assertEquals(2, flash.code());
  }
}

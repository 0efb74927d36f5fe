package dunlin.host.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import dunlin.host.pi.PiPins;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Topology;
import dunlin.host.serial.SerialPortInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RigFilesTest {
  private static final String REMEDY = ": docs/rigs.md shows every key";
  private static final String RIG = SampleRig.RIG;
  private static final String LOCAL = SampleRig.LOCAL;

  @Test
  void shouldReadWhatAFlockIs() {
    Rig rig = RigFiles.rig("rig.toml", RIG);
    Uid uid = new Uid(0x0027003A, 0x3138510E, 0x37363734);
    assertEquals(
        new Rig(
            "stint",
            512,
            Topology.CHAIN,
            LinkKind.SPI,
            2,
            LinkKind.UART,
            921_600,
            new Trust("maker.pub.pem", "images/stint.manifest.json", 3),
            List.of(new RigBoard(0, "stm32f405", uid), new RigBoard(1, "nucleo-l476rg", null))),
        rig);
    assertEquals(Optional.of(rig.boards().get(0)), rig.board(uid));
    assertEquals(Optional.empty(), rig.board(new Uid(1, 2, 3)));
    assertEquals(
        List.of(921_600, 921_600),
        rig.types().stream().map(BoardType::uart).map(BoardType.Uarts::baud).toList());
  }

  @Test
  void shouldTakeWhatTheCommandLineDoesForWhatIsLeftOut() {
    Rig rig = RigFiles.rig("rig.toml", "[[boards]]\nrank = 0\ntype = \"stm32f405\"\n");
    assertEquals(Topology.TREE, rig.topology());
    assertEquals(LinkKind.UART, rig.link());
    assertEquals(1, rig.stages());
    assertEquals(3_000_000, rig.types().get(0).uart().baud());
  }

  @Test
  void shouldTakeABoardWhoseFirmwareIsMicroEjs() {
    Rig rig = RigFiles.rig("rig.toml", "[[boards]]\nrank = 0\ntype = \"microej\"\n");
    assertEquals("microej", rig.types().get(0).name());
  }

  @Test
  void shouldReadWhatIsPluggedInWhere() {
    Desk desk = RigFiles.desk("rig.local.toml", LOCAL, RigFiles.rig("rig.toml", RIG));
    assertEquals(Optional.of("0483:374b:066EFF"), desk.port(0));
    assertEquals(Optional.of("/dev/ttyACM1"), desk.port(1));
    assertEquals(Optional.empty(), desk.port(2));
    assertEquals(new PiPins(0, 8, 25, 23, 24), desk.raspberryPi());
  }

  /** One line that names the file, the line in it, the key, and what is allowed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topology = \"chain\" | topology = \"star\""
            + " | line 3, topology: 'star' is none of tree, tree-2, tree-4, tree-5, tree-6, chain, ring",
        "link = \"spi\" | link = \"i2c\" | line 4, link: 'i2c' is none of uart, spi",
        "link = \"spi\" | lnik = \"spi\" | line 4, lnik: no such key, there are baud, boards,"
            + " context, host, link, model, stages, topology, trust",
        "context = 512 | context = 0 | line 2, context: 0, not 1 to 65535",
        "stages = 2 | stages = 3 | line 5, stages: 3, not 1 to 2",
        "baud = 921_600 | baud = 9 | line 7, baud: 9, not 1200 to 12000000",
        "rank = 1 | rank = 0 | line 15, boards[1].rank: 0 is that of boards[0] too",
        "rank = 1 | rank = 2 | line 15, boards[1].rank: 2, not 0 to 1",
        "type = \"nucleo-l476rg\" | uid = \"0027003a3138510e37363734\" | line 14, boards[1].type: missing",
        "\"nucleo-l476rg\" | \"uno\" | line 16, boards[1].type: no board is called so, there are"
            + " emulated, stm32f405, nucleo-h743zi2, nucleo-l476rg, stm32h750b-dk,"
            + " mps2-an385, mps2-an386, mps2-an500, mps3-an547, siracusa, microej",
        "\"nucleo-l476rg\" | \"emulated\" | line 16, boards[1].type: emulated has no firmware,"
            + " there are stm32f405, nucleo-h743zi2, nucleo-l476rg, mps2-an385, mps2-an386,"
            + " mps2-an500, mps3-an547, microej",
        "release = 3 | release = -1 | line 21, trust.release: -1, not 0 to 2147483647",
        "\"maker.pub.pem\" | \" \" | line 19, trust.key: empty; a public key is due",
        "release = 3 | relaese = 3 | line 21, trust.relaese: no such key, there are key, manifest,"
            + " release",
      })
  void shouldNameWhatIsWrongInARigFile(String good, String bad, String complaint) {
    assertRefused("rig.toml, " + complaint + REMEDY, () -> rig(good, bad));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rank = 1 | rank = one | line 15",
        "rank = 1 | rank = \"one\" | line 15, boards[1].rank: ",
        "rank = 1 | # | line 14, boards[1].rank: missing",
        "uid = \"0027 | uid = \"27 | line 12, boards[0].uid: ",
        "[[boards]] | [[bird]] | boards: missing",
        "context = 512 | context = \"all\" | line 2, context: ",
        "context = 512 | \"con\\u0007text\" = 512 | con?text: no such key",
      })
  void shouldNameTheLineOfWhatIsNoRig(String good, String bad, String named) {
    Refusal refusal = assertThrows(Refusal.class, () -> rig(good, bad));
    assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rank = 1 | rank = 2 | line 6, ports[1].rank: 2, not 0 to 1",
        "rank = 1 | rank = 0 | line 6, ports[1].rank: 0 is that of ports[0] too",
        "/dev/ttyACM1 | 0483:374b:066EFF | line 7, ports[1].port: 0483:374b:066EFF is that of"
            + " ports[0] too",
        "/dev/ttyACM1 | '  ' | line 7, ports[1].port: empty; dunlin ports lists what there is",
        "ready = 25 | ready = 28 | line 12, raspberry-pi.ready: 28, not 0 to 27",
        "reset = 24 | reset = 23 | line 14, raspberry-pi.reset: 23 is the line of boot0 too",
        "bus = 0 | buss = 0 | line 10, raspberry-pi.buss: no such key, there are boot0, bus,"
            + " ready, reset, select",
      })
  void shouldNameWhatIsWrongInALocalFile(String good, String bad, String complaint) {
    Rig rig = RigFiles.rig("rig.toml", RIG);
    assertTrue(LOCAL.contains(good));
    assertRefused(
        "rig.local.toml, " + complaint + REMEDY,
        () -> RigFiles.desk("rig.local.toml", LOCAL.replace(good, bad), rig));
  }

  @Test
  void shouldSayWhereAFileIsMissing(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("rig.toml");
    assertRefused(
        file + ": is not there: write one with: dunlin rig init", () -> RigFiles.rig(file));
    Files.writeString(file, RIG);
    assertRefused(
        folder.resolve("rig.local.toml")
            + ": is not there: say there which port is which: dunlin rig init writes a first one",
        () -> RigFiles.desk(file, RigFiles.rig(file)));
  }

  @Test
  void shouldRefuseAMicrocontrollerThatIsThereTwice() {
    String twice = RIG.replace("l476rg\"\n", "l476rg\"\nuid = \"0027003a3138510e37363734\"\n");
    assertRefused(
        "rig.toml, line 17, boards[1].uid: 0027003a3138510e37363734 is that of boards[0] too"
            + REMEDY,
        () -> RigFiles.rig("rig.toml", twice));
  }

  @Test
  void shouldBindRankMicrocontrollerAndPort(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("rig.toml"), RIG);
    Files.writeString(folder.resolve("rig.local.toml"), LOCAL);
    SerialPortInfo first = port("/dev/ttyACM0", "066EFF");
    List<Placement> placed = Placement.of(file, List.of(first, port("/dev/ttyACM1", "0671FF")));
    assertEquals(
        List.of("/dev/ttyACM0", "/dev/ttyACM1"), placed.stream().map(Placement::port).toList());
    assertEquals(new Uid(0x0027003A, 0x3138510E, 0x37363734), placed.get(0).uid());
    assertEquals("nucleo-l476rg", placed.get(1).type().name());
    assertRefused(
        folder.resolve("rig.local.toml")
            + ": ranks 0 and 1 are both at /dev/ttyACM1: give each board its own port",
        () -> Placement.of(file, List.of(port("/dev/ttyACM1", "066EFF"))));
    assertRefused(
        "0483:374b:066EFF is 2 serial ports: /dev/ttyACM0 (0483:374b:066EFF), /dev/ttyACM2"
            + " (0483:374b:066EFF): choose by VID:PID:SERIAL, or by path",
        () -> Placement.of(file, List.of(first, port("/dev/ttyACM2", "066EFF"))));
  }

  private static SerialPortInfo port(String path, String serial) {
    return new SerialPortInfo(
        path, "ST-LINK", OptionalInt.of(0x0483), OptionalInt.of(0x374b), serial);
  }

  private static Rig rig(String good, String bad) {
    assertTrue(RIG.contains(good));
    return RigFiles.rig("rig.toml", RIG.replace(good, bad == null ? "" : bad));
  }

  private static void assertRefused(String message, org.junit.jupiter.api.function.Executable act) {
    assertEquals(message, assertThrows(Refusal.class, act).getMessage());
  }
}

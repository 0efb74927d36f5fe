package dunlin.host.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A board of somebody's own needs no code. */
class BoardFileTest {
  @TempDir private Path folder;
  private Path file;
  private String mine;

  /** An STM32F405's file under another name, without what firmware is built from. */
  @BeforeEach
  void writeBoard() throws IOException {
    try (var in = BoardTypes.class.getResourceAsStream("stm32f405.toml")) {
      String toml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      mine =
          toml.substring(0, toml.indexOf("[chip]"))
              .replace("name = \"stm32f405\"", "name = \"mine\"");
    }
    file = Files.writeString(folder.resolve("mine.toml"), mine);
  }

  @Test
  void shouldReadABoardOfSomebodysOwn() {
    BoardType board = BoardFile.read(file);
    assertEquals("mine", board.name());
    assertEquals(BoardTypes.named("stm32f405").performance(), board.performance());
  }

  @Test
  void shouldLookForACoresTableBesideTheFile() throws IOException {
    String costs = "[ops]\nstep = {call = 1}\nloop = {call = 1}\nlink = {call = 1}\n";
    Path table = Files.writeString(folder.resolve("core.toml"), costs);
    write("core = \"stm32f405\"", "core = \"core.toml\"");
    assertEquals(table.toString(), BoardFile.read(file).performance().core());
  }

  @ParameterizedTest
  @CsvSource({
    "core = \"stm32f405\", core = \"none.toml\", none.toml: no table of a core's instructions",
    "core = \"stm32f405\", core = \"z80\", no table of instructions is called z80",
    "name = \"mine\", name = \"stm32f405\", 'mine.toml, name: stm32f405 comes with Dunlin'",
    "hertz = 168e6, hertz = 0, 'performance.hertz: 0.0, not 1 to 10000000000'",
    "hertz = 168e6, hertz = nan, performance.hertz: NaN",
    "cycles-per-instruction = 1.3, cycles = 1.3, performance.cycles-per-instruction: missing",
    "cycles-per-instruction = 1.3, cycles-per-instruction = 0, 'not 0.1 to 1000'",
    "active-milliwatts = 149, active-milliwatts = -1, 'active-milliwatts: -1.0, not 0 to 1000000'",
    "idle-milliwatts = 50, idle-milliwatts = 'low', idle-milliwatts: should be a number",
    "bit-picojoules = 82, , performance.bit-picojoules: missing"
  })
  void shouldNameWhatIsWrong(String good, String bad, String named) throws IOException {
    write(good, bad == null ? "" : bad);
    String message = assertThrows(Refusal.class, () -> BoardFile.read(file)).getMessage();
    assertTrue(message.contains(named), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void shouldRefuseAChipSinceNoFirmwareIsBuiltForIt() throws IOException {
    try (var in = BoardTypes.class.getResourceAsStream("stm32f405.toml")) {
      String toml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(file, toml.replace("name = \"stm32f405\"", "name = \"mine\""));
    }
    assertEquals(
        file + ", chip: firmware is built for boards that come with Dunlin: leave it out",
        assertThrows(Refusal.class, () -> BoardFile.read(file)).getMessage());
  }

  @Test
  void shouldSayThatNoFileIsThere() {
    Path none = folder.resolve("none.toml");
    assertEquals(
        none + ": no board file is there: docs/time.md shows such a file",
        assertThrows(Refusal.class, () -> BoardFile.read(none)).getMessage());
  }

  private void write(String good, String bad) throws IOException {
    assertTrue(mine.contains(good));
    Files.writeString(file, mine.replace(good, bad));
  }
}

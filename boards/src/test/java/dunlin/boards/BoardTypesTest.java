package dunlin.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class BoardTypesTest {
  @SuppressWarnings("unused") // by FieldSource
  private static final java.util.List<String> NAMES = BoardTypes.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void shouldReadEveryBoardThatComesWithDunlin(String name) {
    BoardType board = BoardTypes.named(name);
    assertEquals(name, board.name());
    assertTrue(board.imageBytes() > 0);
    assertTrue(board.ramBytes() > 0);
    assertTrue(
        board.ram().stream()
            .allMatch(region -> region.bytes() % 4 == 0 || board.name().equals("emulated")));
  }

  @Test
  void shouldNameTheBoardsThereAre() {
    Refusal refusal = assertThrows(Refusal.class, () -> BoardTypes.named("uno"));
    assertEquals(
        "no board is called uno: choose one of emulated, stm32f405, nucleo-h743zi2, nucleo-l476rg,"
            + " stm32h750b-dk, mps2-an385, mps2-an386, mps2-an500, mps3-an547, siracusa, microej",
        refusal.getMessage());
  }

  /** One line that names the file, and the line or the key. */
  @ParameterizedTest
  @CsvSource({
    "weights = \"packed\", weights = \"dense\", weights",
    "image-bytes = 983_040, image-bytes = \"all\", image-bytes",
    "image-bytes = 983_040, , image-bytes",
    "count = 5, counts = 5, uart.count:",
    "[uart], [uart, line",
    "bytes = 120_832, , ram[0].bytes:",
    "[spi], [ssp], spi",
    "count = 5, count = 0, 'uart.count: 0, not 1 to 31'",
    "baud = 3_000_000, baud = 0, 'uart.baud: 0, not at least 1'",
    "receive-queue = 816, receive-queue = 815, 'uart.receive-queue: 815, not at least 816'",
    "count = 2, count = -1, 'spi.count: -1, not 0 to 26'",
    "count = 2, count = 27, 'spi.count: 27, not 0 to 26'",
    "hertz = 10_500_000, hertz = 0, 'spi.hertz: 0, not at least 1'",
    "hertz = 168e6, hertz = 1e11, 'performance.hertz: 1.0E11, not 1 to 10000000000'",
    "hertz = 168e6, hertz = 167e6, 'performance.hertz: not chip.core-hertz'",
    "core = \"stm32f405\", core = \" \", 'performance.core: empty'",
    "gap-micros = 10, gap-micros = -1, 'spi.gap-micros: -1, not at least 0'",
    "count = 7, count = 0, 'chip.bootloader.sectors.count: 0, not 1 to 4096'",
    "count = 7, count = 6, 'chip.bootloader.sectors: none begins behind the firmware, or'",
    "count = 4, count = 3, 'chip.bootloader.sectors: none begins behind the firmware, or'",
  })
  void shouldNameWhatIsWrongInABoardFile(String good, String bad, String named) throws IOException {
    String toml = f405();
    assertTrue(toml.contains(good));
    String spoilt = toml.replace(good, bad == null ? "" : bad);
    Refusal refusal = assertThrows(Refusal.class, () -> BoardTypes.read("mine.toml", spoilt));
    String message = refusal.getMessage();
    assertTrue(message.startsWith("mine.toml"), message);
    assertTrue(message.contains(named), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static String f405() throws IOException {
    try (InputStream in = BoardTypes.class.getResourceAsStream("stm32f405.toml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

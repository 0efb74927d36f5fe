package dunlin.boards.aot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.boards.cortexm.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a board's file. */
class SettingsTableTest {
  private static final BoardType F405 = BoardTypes.named("stm32f405");

  @Test
  void shouldSayWhatTheBoardsFileSays() {
    int[] words = SettingsTable.of(F405);
    assertEquals(Settings.port(F405.uart().count()), words.length);
    assertEquals(168_000_000, words[Settings.CORE_HERTZ]);
    int uart4 = Settings.port(3);
    assertEquals(0x4000_4C00, words[uart4 + Settings.BASE]);
    assertEquals(52, words[uart4 + Settings.INTERRUPT]);
    assertEquals(0, words[uart4 + Settings.TRANSMIT_PIN], "PA0");
    assertEquals(16 + 7, words[Settings.port(0) + Settings.RECEIVE_PIN], "PB7");
  }

  @Test
  void shouldLeadEachInterruptToItsUart() {
    String table = VectorTable.of(F405);
    assertTrue(table.contains("[53] = uart0, /* USART1 */"), table);
    assertTrue(table.contains("dunlin_vectors[98]"), table);
  }

  @Test
  void shouldEndTheFirmwareWhereTheImageStarts() {
    String script = LinkerScript.of(F405, new int[] {7});
    assertTrue(script.contains(".image_array 0x800fff4"), script);
    assertTrue(script.contains("LONG(0x7)"), script);
  }

  @ParameterizedTest
  @CsvSource({
    "PB6, PB16, 'USART1 has no pin PB16: write a port and a number from 0 to 15, as PB6'",
    "count = 5, count = 6, 'stm32f405 has 6 UARTs, and the pins of 5: give each a [[chip.ports]] in"
        + " the board''s file'",
  })
  void shouldNameWhatIsWrongInABoardFile(String good, String bad, String message)
      throws IOException {
    try (InputStream in = BoardTypes.class.getResourceAsStream("stm32f405.toml")) {
      String toml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      BoardType spoilt = BoardTypes.read("mine.toml", toml.replace(good, bad));
      Refusal refusal = assertThrows(Refusal.class, () -> SettingsTable.of(spoilt));
      assertEquals(message, refusal.getMessage());
    }
  }
}

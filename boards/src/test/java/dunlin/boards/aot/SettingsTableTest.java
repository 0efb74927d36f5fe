package dunlin.boards.aot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.Chip;
import dunlin.boards.Refusal;
import dunlin.boards.cortexm.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What becomes of a board's file. */
class SettingsTableTest {
  private static final BoardType F405 = BoardTypes.named("stm32f405");

  @Test
  void shouldSayWhatTheBoardsFileSays() {
    int[] words = SettingsTable.of(F405);
    assertEquals(Settings.spi(F405.uart().count(), F405.spi().count()), words.length);
    assertEquals(168_000_000, words[Settings.CORE_HERTZ]);
    int uart4 = Settings.port(3);
    assertEquals(0x4000_4C00, words[uart4 + Settings.BASE]);
    assertEquals(52, words[uart4 + Settings.INTERRUPT]);
    assertEquals(0, words[uart4 + Settings.TRANSMIT_PIN], "PA0");
    assertEquals(16 + 7, words[Settings.port(0) + Settings.RECEIVE_PIN], "PB7");
  }

  @Test
  void shouldSayWhereAnSpiPortIs() {
    int[] words = SettingsTable.of(F405);
    int spi2 = Settings.spi(F405.uart().count(), 1);
    assertEquals(0x4000_3800, words[spi2 + Settings.BASE]);
    assertEquals(16 + 13, words[spi2 + Settings.SPI_CLOCK_PIN], "PB13");
    assertEquals(32 + 7, words[spi2 + Settings.READY_PIN], "PC7");
    assertEquals(1, words[spi2 + Settings.SPI_PRESCALER], "42 MHz by 4");
    assertEquals(0x4002_6000, words[spi2 + Settings.DMA_BASE]);
  }

  /** 84 MHz by 8, 120 MHz by 16, 80 MHz by 8; none is faster than the board's file says. */
  @ParameterizedTest
  @CsvSource({"stm32f405, 0, 2", "nucleo-h743zi2, 2, 3", "nucleo-l476rg, 2, 2"})
  void shouldTakeTheFastestClockThatIsNotTooFast(String name, int index, int prescaler) {
    BoardType board = BoardTypes.named(name);
    int at = Settings.spi(board.uart().count(), index);
    assertEquals(prescaler, SettingsTable.of(board)[at + Settings.SPI_PRESCALER]);
  }

  @Test
  void shouldSayWhereRamIs() {
    int[] words = SettingsTable.of(BoardTypes.named("nucleo-h743zi2"));
    assertEquals(3, words[Settings.REGIONS]);
    assertEquals(0, words[Settings.region(0)], "behind the firmware's statics");
    assertEquals(0x2400_0000, words[Settings.region(1)]);
    assertEquals(294_896, words[Settings.region(2) + 1]);
  }

  @SuppressWarnings("unused") // by FieldSource
  private static final List<String> FIRMWARE = BoardTypes.withFirmware();

  /** Ports of one kind are wired together, so each needs pins of its own; SWD keeps PA13, PA14. */
  @ParameterizedTest
  @FieldSource("FIRMWARE")
  void shouldGiveEachPinToOnePortOfAKind(String name) {
    Chip chip = BoardTypes.named(name).chip();
    List<String> uarts =
        chip.ports().stream()
            .map(Chip.Port::pins)
            .filter(Objects::nonNull)
            .flatMap(pins -> Stream.of(pins.transmit(), pins.receive()))
            .toList();
    Stream<String> console = uarts.stream().limit(2);
    List<String> spis =
        Stream.concat(
                console,
                chip.spis().stream()
                    .flatMap(
                        spi ->
                            Stream.of(
                                spi.pins().clock(),
                                spi.pins().miso(),
                                spi.pins().mosi(),
                                spi.select().pin(),
                                spi.ready().pin())))
            .toList();
    for (List<String> pins : List.of(uarts, spis)) {
      assertEquals(List.copyOf(new LinkedHashSet<>(pins)), pins);
      assertTrue(Collections.disjoint(pins, List.of("PA13", "PA14")), pins::toString);
    }
  }

  @ParameterizedTest
  @FieldSource("FIRMWARE")
  void shouldLeadEachInterruptToOnePort(String name) {
    BoardType board = BoardTypes.named(name);
    String table = VectorTable.of(board);
    for (Chip.Port port : board.chip().ports().subList(0, board.uart().count())) {
      assertTrue(table.contains("[%d] = uart".formatted(16 + port.interrupt())), table);
    }
    for (Chip.Spi spi : board.chip().spis()) {
      assertTrue(table.contains("[%d] = spi".formatted(16 + spi.select().interrupt())), table);
    }
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
    "count = 2, count = 3, 'stm32f405 has 3 SPI ports, and the pins of 2: give each a [[chip.spis]]"
        + " in the board''s file'",
    "hertz = 10_500_000, hertz = 300_000, 'SPI1 cannot be as slow as 300000 Hz: choose spi.hertz of"
        + " at least 328125'",
    "'select = { pin = \"PC6\", interrupt = 23 }', 'select = { pin = \"P6\", interrupt = 23 }',"
        + " 'SPI2 has no pin P6: write a port and a number from 0 to 15, as PB6'",
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

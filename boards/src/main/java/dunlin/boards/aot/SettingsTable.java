package dunlin.boards.aot;

import dunlin.boards.BoardType;
import dunlin.boards.Chip;
import dunlin.boards.Refusal;
import dunlin.boards.cortexm.Settings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A board's file as the words of {@link Settings}. */
final class SettingsTable {
  private static final Pattern PIN = Pattern.compile("P([A-K])(1[0-5]|[0-9])");

  /** An SPI clock is divided by 2 to 256. */
  private static final int MOST_PRESCALER = 7;

  private final BoardType board;
  private final Chip chip;
  private final int[] words;

  private SettingsTable(BoardType board) {
    this.board = board;
    chip = board.chip();
    words = new int[Settings.spi(board.uart().count(), board.spi().count())];
  }

  static int[] of(BoardType board) {
    SettingsTable table = new SettingsTable(board);
    table.check();
    table.writeBoard();
    table.writeRegions();
    for (int i = 0; i < board.uart().count(); i++) {
      table.writeUart(Settings.port(i), table.chip.ports().get(i));
    }
    for (int i = 0; i < board.spi().count(); i++) {
      table.writeSpi(Settings.spi(board.uart().count(), i), table.chip.spis().get(i));
    }
    return table.words;
  }

  private void check() {
    check("UARTs", board.uart().count(), "the pins of", chip.ports().size(), "[[chip.ports]]");
    check("SPI ports", board.spi().count(), "the pins of", chip.spis().size(), "[[chip.spis]]");
    int regions = Math.min(Settings.MOST_REGIONS, 1 + chip.moreRam().size());
    check("RAM regions", board.ram().size(), "the addresses of", regions, "chip.more-ram");
    for (int i = 1; i < board.ram().size(); i++) {
      BoardType.Region region = board.ram().get(i);
      int room = chip.moreRam().get(i - 1).bytes() - LinkerScript.ARRAY_HEADER_BYTES;
      if (region.bytes() > room) {
        throw new Refusal(
            "%s, %s: %d bytes of %d".formatted(board.name(), region.name(), region.bytes(), room),
            "leave room for an array's header in the board's file");
      }
    }
  }

  private void check(String what, int count, String knownAs, int known, String key) {
    if (count > known) {
      throw new Refusal(
          "%s has %d %s, and %s %d".formatted(board.name(), count, what, knownAs, known),
          "give each a " + key + " in the board's file");
    }
  }

  private void writeBoard() {
    words[Settings.CORE_HERTZ] = chip.coreHertz();
    words[Settings.EXTERNAL_HERTZ] = chip.externalHertz();
    words[Settings.EXTERNAL_CLOCK] = chip.externalClock() ? 1 : 0;
    words[Settings.RECEIVE_QUEUE] = board.uart().receiveQueue();
    words[Settings.TRANSMIT_QUEUE] = board.uart().transmitQueue();
    words[Settings.BAUD] = board.uart().baud();
    words[Settings.SPI_RECEIVE_QUEUE] = board.spi().receiveQueue();
    words[Settings.SPI_TRANSMIT_QUEUE] = board.spi().transmitQueue();
    words[Settings.SPI_GAP] = board.spi().gapMicros();
    words[Settings.TYPE] = board.id();
    words[Settings.PORTS] = board.uart().count();
    words[Settings.SPIS] = board.spi().count();
  }

  private void writeRegions() {
    words[Settings.REGIONS] = board.ram().size();
    for (int i = 0; i < board.ram().size(); i++) {
      int at = Settings.region(i);
      words[at] = i == 0 ? 0 : (int) chip.moreRam().get(i - 1).origin();
      words[at + 1] = board.ram().get(i).bytes();
    }
  }

  private void writeUart(int at, Chip.Port port) {
    words[at + Settings.BASE] = (int) port.base();
    words[at + Settings.INTERRUPT] = port.interrupt();
    words[at + Settings.SEND_INTERRUPT] =
        port.sendInterrupt() == null ? port.interrupt() : port.sendInterrupt();
    if (port.clock() != null) {
      writeClock(at, port.clock());
    }
    if (port.pins() != null) {
      words[at + Settings.TRANSMIT_PIN] = pin(port.name(), port.pins().transmit());
      words[at + Settings.RECEIVE_PIN] = pin(port.name(), port.pins().receive());
      words[at + Settings.ALTERNATE_FUNCTION] = port.pins().function();
    }
  }

  private void writeSpi(int at, Chip.Spi spi) {
    words[at + Settings.BASE] = (int) spi.base();
    words[at + Settings.INTERRUPT] = spi.interrupt();
    writeClock(at, spi.clock());
    words[at + Settings.ALTERNATE_FUNCTION] = spi.pins().function();
    words[at + Settings.SPI_CLOCK_PIN] = pin(spi.name(), spi.pins().clock());
    words[at + Settings.SPI_MISO_PIN] = pin(spi.name(), spi.pins().miso());
    words[at + Settings.SPI_MOSI_PIN] = pin(spi.name(), spi.pins().mosi());
    words[at + Settings.SPI_PRESCALER] = prescaler(spi);
    words[at + Settings.SELECT_PIN] = pin(spi.name(), spi.select().pin());
    words[at + Settings.SELECT_INTERRUPT] = spi.select().interrupt();
    words[at + Settings.READY_PIN] = pin(spi.name(), spi.ready().pin());
    words[at + Settings.READY_INTERRUPT] = spi.ready().interrupt();
    if (spi.dma() != null) {
      words[at + Settings.DMA_BASE] = (int) spi.dma().base();
      words[at + Settings.DMA_BIT] = spi.dma().bit();
      words[at + Settings.DMA_RECEIVE] = spi.dma().receive();
      words[at + Settings.DMA_TRANSMIT] = spi.dma().transmit();
      words[at + Settings.DMA_REQUEST] = spi.dma().request();
    }
  }

  private void writeClock(int at, Chip.Clock clock) {
    words[at + Settings.CLOCK_REGISTER] = clock.register();
    words[at + Settings.CLOCK_BIT] = clock.bit();
    words[at + Settings.CLOCK_DIVIDER] = clock.divider();
  }

  /** The fastest clock that is not faster than the board's file says. */
  private int prescaler(Chip.Spi spi) {
    int hertz = chip.coreHertz() / spi.clock().divider();
    for (int prescaler = 0; prescaler <= MOST_PRESCALER; prescaler++) {
      if (hertz >> 1 + prescaler <= board.spi().hertz()) {
        return prescaler;
      }
    }
    throw new Refusal(
        spi.name() + " cannot be as slow as " + board.spi().hertz() + " Hz",
        "choose spi.hertz of at least " + (hertz >> 1 + MOST_PRESCALER));
  }

  private static int pin(String port, String name) {
    Matcher pin = PIN.matcher(name);
    if (!pin.matches()) {
      throw new Refusal(
          port + " has no pin " + name, "write a port and a number from 0 to 15, as PB6");
    }
    return (pin.group(1).charAt(0) - 'A') * 16 + Integer.parseInt(pin.group(2));
  }
}

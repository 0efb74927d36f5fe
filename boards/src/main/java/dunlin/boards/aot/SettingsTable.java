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

  private SettingsTable() {}

  static int[] of(BoardType board) {
    Chip chip = board.chip();
    int ports = board.uart().count();
    if (ports > chip.ports().size()) {
      throw new Refusal(
          board.name() + " has " + ports + " UARTs, and the pins of " + chip.ports().size(),
          "give each a [[chip.ports]] in the board's file");
    }
    int[] words = new int[Settings.port(ports)];
    words[Settings.CORE_HERTZ] = chip.coreHertz();
    words[Settings.CRYSTAL_HERTZ] = chip.crystalHertz();
    words[Settings.RECEIVE_QUEUE] = board.uart().receiveQueue();
    words[Settings.TRANSMIT_QUEUE] = board.uart().transmitQueue();
    words[Settings.BAUD] = board.uart().baud();
    words[Settings.RAM] = board.ram().get(0).bytes();
    words[Settings.PORTS] = ports;
    for (int i = 0; i < ports; i++) {
      Chip.Port port = chip.ports().get(i);
      int at = Settings.port(i);
      words[at + Settings.BASE] = (int) port.base();
      words[at + Settings.INTERRUPT] = port.interrupt();
      words[at + Settings.SEND_INTERRUPT] =
          port.sendInterrupt() == null ? port.interrupt() : port.sendInterrupt();
      if (port.clock() != null) {
        words[at + Settings.CLOCK_REGISTER] = port.clock().register();
        words[at + Settings.CLOCK_BIT] = port.clock().bit();
        words[at + Settings.CLOCK_DIVIDER] = port.clock().divider();
      }
      if (port.pins() != null) {
        words[at + Settings.TRANSMIT_PIN] = pin(port, port.pins().transmit());
        words[at + Settings.RECEIVE_PIN] = pin(port, port.pins().receive());
        words[at + Settings.ALTERNATE_FUNCTION] = port.pins().function();
      }
    }
    return words;
  }

  private static int pin(Chip.Port port, String name) {
    Matcher pin = PIN.matcher(name);
    if (!pin.matches()) {
      throw new Refusal(
          port.name() + " has no pin " + name, "write a port and a number from 0 to 15, as PB6");
    }
    return (pin.group(1).charAt(0) - 'A') * 16 + Integer.parseInt(pin.group(2));
  }
}

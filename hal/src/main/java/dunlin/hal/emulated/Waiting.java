package dunlin.hal.emulated;

import dunlin.hal.Wake;
import java.util.StringJoiner;

/** What a board's machine waits for, as a virtual time and in words. */
final class Waiting {
  private final EmulatedBoard board;
  private final Wake wake;

  Waiting(EmulatedBoard board, Wake wake) {
    this.board = board;
    this.wake = wake;
  }

  /** The earliest virtual time at which a condition holds, as far as is known now. */
  long until() {
    long first = deadline();
    for (int i = 0; i < wake.receive.length; i++) {
      if (wake.receive[i] > 0) {
        first = Math.min(first, board.port(i).readableAt(wake.receive[i]));
      }
      if (wake.transmit[i] > 0) {
        first = Math.min(first, board.port(i).writableAt(wake.transmit[i]));
      }
    }
    return wake.flashIdle ? Math.min(first, board.flash().idleAt()) : first;
  }

  /** For example {@code "a waits for 4 bytes on uart1 (2 there)"}. */
  String inWords() {
    StringJoiner words = new StringJoiner(", ", board.name() + " waits for ", "");
    words.setEmptyValue(board.name() + " waits for nothing");
    for (int i = 0; i < wake.receive.length; i++) {
      EmulatedPort port = board.port(i);
      if (wake.receive[i] > 0) {
        words.add(
            wake.receive[i] + " bytes on " + port.label() + " (" + port.available() + " there)");
      }
      if (wake.transmit[i] > 0) {
        words.add("room for " + wake.transmit[i] + " bytes on " + port.label());
      }
    }
    if (wake.flashIdle) {
      words.add("its flash");
    }
    if (wake.deadline != Wake.NEVER) {
      words.add(deadline() + " ns");
    }
    return words.toString();
  }

  private long deadline() {
    long latest = Wake.NEVER - board.bootedAt();
    return wake.deadline < latest ? board.bootedAt() + wake.deadline : Wake.NEVER;
  }
}

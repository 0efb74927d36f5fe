package dunlin.hal.emulated;

import dunlin.hal.Board;
import dunlin.hal.Wake;

/** A machine without state of its own, as a lambda. */
@FunctionalInterface
interface Script {
  /** Does nothing, and waits for nothing. */
  Script IDLE = (board, now, wake) -> {};

  void step(Board board, long now, Wake wake);

  /** Adds a board that runs it. */
  default EmulatedBoard on(Emulation emulation, BoardSpec spec) {
    return emulation.add(spec, board -> (now, wake) -> step(board, now, wake));
  }

  /** Adds a board without a watchdog that runs it. */
  default EmulatedBoard on(Emulation emulation, String name, int uarts) {
    return on(emulation, Specs.board(name, uarts));
  }
}

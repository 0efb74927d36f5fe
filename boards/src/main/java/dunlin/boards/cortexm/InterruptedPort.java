package dunlin.boards.cortexm;

import dunlin.hal.Port;

/** A port that interrupts serve. */
public interface InterruptedPort extends Port {
  /** Any of its interrupts. */
  void interrupt();

  /**
   * Rings the alarm once there is what a machine waits for, as {@link dunlin.hal.Wake} has it; any
   * earlier wish is forgotten. Called with interrupts disabled.
   *
   * @param receive bytes that can be read; 0 for none
   * @param framed whether those are a frame's header
   * @param transmit bytes that can be written; 0 for none
   * @return whether it is there already, so that nothing will ring
   */
  boolean await(int receive, boolean framed, int transmit);
}

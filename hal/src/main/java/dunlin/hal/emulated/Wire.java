package dunlin.hal.emulated;

/**
 * What joins two ports, for reports: what it carried. Forward is from the first end to the second.
 */
public sealed interface Wire permits UartWire, SpiLink {
  /** Bytes that arrived at the second end, those lost to overruns included. */
  long forwardBytes();

  /** Bytes that arrived at the first end, those lost to overruns included. */
  long backwardBytes();

  /** Bytes that either end lost for want of room in its receive queue. */
  long overruns();

  /**
   * Lets the wire fail from now on.
   *
   * @param seed of what happens to which byte
   */
  void disturb(LineFaults rates, long seed);

  /** Cuts the wire, so that nothing passes, or joins it again. */
  void cut(boolean nothingPasses);

  /** Holds up for so long what is on its way. */
  void delay(long nanos);

  /** How often a fault has happened. */
  long faults(LineFault fault);
}

package dunlin.hal.emulated;

/**
 * What happens to the bytes of a wire.
 *
 * @param there from the first end to the second
 * @param back the other way
 */
record WireInterference(Interference there, Interference back) {
  /**
   * Both ways alike, but each by itself.
   *
   * @param seed of what happens to which byte
   */
  WireInterference(LineFaults rates, long seed) {
    this(new Interference(rates, seed), new Interference(rates, ~seed));
  }

  void setCut(boolean nothingPasses) {
    there.setCut(nothingPasses);
    back.setCut(nothingPasses);
  }

  long faults(LineFault fault) {
    return there.faults(fault) + back.faults(fault);
  }
}

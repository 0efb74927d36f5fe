package dunlin.host.bench;

import dunlin.boards.Chip;

/**
 * A core's timer, where QEMU gives every instruction the same virtual time.
 *
 * @param shift an instruction takes 2^shift nanoseconds
 * @param ticksPerInstruction at least two: a count that is off by one rounds to the truth
 */
record CoreTimer(int shift, double ticksPerInstruction) {
  static CoreTimer of(Chip chip) {
    double nanosPerTick = 1e9 / chip.coreHertz();
    int shift = 0;
    while (1 << shift < 2 * nanosPerTick) {
      shift++;
    }
    return new CoreTimer(shift, (1 << shift) / nanosPerTick);
  }

  /** The instructions that took so many ticks. */
  long instructions(long ticks) {
    return Math.round(ticks / ticksPerInstruction);
  }
}

package dunlin.host.run;

/** What a flock takes: time by its own clock, and bytes on its wires. */
public interface Meter {
  /** Nanoseconds, virtual where boards are emulated; only differences mean anything. */
  long nanoseconds();

  /** Bytes that all wires have carried, both ways, the console's included. */
  long wireBytes();
}
